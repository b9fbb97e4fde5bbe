package dev.nextstep.prompt;

/**
 * A token beside the vocabulary of the BPE model, with the flags of tokenizer.json.
 */
record AddedToken(int id, String content, Text text, Boundary boundary, Strip strip, Role role) {
    /** Where it is looked for: in the text as given, or after normalisation ({@code normalized}). */
    enum Text {
        AS_GIVEN,
        NORMALIZED
    }

    /** Whether it may stand inside a word ({@code single_word}). */
    enum Boundary {
        ANYWHERE,
        WHOLE_WORD
    }

    /** Which white space around it belongs to it ({@code lstrip}, {@code rstrip}). */
    enum Strip {
        NONE,
        LEFT,
        RIGHT,
        BOTH;

        boolean left() {
            return this == LEFT || this == BOTH;
        }

        boolean right() {
            return this == RIGHT || this == BOTH;
        }
    }

    /** Whether it steers the model or is just a word ({@code special}). */
    enum Role {
        SPECIAL,
        WORD
    }
}
