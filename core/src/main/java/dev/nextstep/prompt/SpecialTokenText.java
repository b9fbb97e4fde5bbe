package dev.nextstep.prompt;

/** What to do with text that is spelled like an added token, such as {@code <|endoftext|>} in a caption (spec §5). */
public enum SpecialTokenText {
    /**
     * It is plain text: no added token ever comes out of it, special or not. For text that a stranger typed.
     */
    AS_TEXT,
    /** It becomes the token, as in the reference code and in Hugging Face's library. */
    AS_TOKENS
}
