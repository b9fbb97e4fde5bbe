package dev.nextstep.prompt;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a tokenizer is made of, as read from its files and checked for contradictions.
 *
 * @param composition whether text is brought into normal form C first
 * @param bosToken the token that the tokenizer's configuration names as beginning of text
 */
record TokenizerParts(
        BytePairEncoder encoder,
        WordSplitter splitter,
        Composition composition,
        List<AddedToken> added,
        Optional<String> bosToken) {

    /** The normaliser of the file. */
    enum Composition {
        NONE,
        NFC
    }

    /** Added tokens are matched by walking along them, so their length bounds the work per character. */
    private static final int LONGEST_ADDED = 1024;

    TokenizerParts {
        added = List.copyOf(added);
        var vocabulary = encoder.vocabulary();
        var contents = new HashSet<String>();
        var owners = new HashMap<Integer, String>();
        for (var token : added) {
            String shown = PromptText.shorten(token.content());
            if (token.content().isEmpty() || token.content().length() > LONGEST_ADDED) {
                throw new PromptException("the added token with id %d has %d characters; allowed are 1 to %d"
                        .formatted(token.id(), token.content().length(), LONGEST_ADDED));
            }
            if (PromptText.firstLoneSurrogate(token.content(), 0) >= 0) {
                throw new PromptException("the added token '%s' is not well-formed text".formatted(shown));
            }
            if (!contents.add(token.content())) {
                throw new PromptException("the added token '%s' stands there twice".formatted(shown));
            }
            String other = owners.put(token.id(), token.content());
            if (other == null) {
                other = vocabulary
                        .token(token.id())
                        .filter(t -> !t.equals(token.content()))
                        .orElse(null);
            }
            if (other != null) {
                throw new PromptException("id %d belongs both to '%s' and to the added token '%s'"
                        .formatted(token.id(), PromptText.shorten(other), shown));
            }
            var known = vocabulary.id(token.content());
            if (known.isPresent() && known.getAsInt() != token.id()) {
                throw new PromptException("the added token '%s' has id %d, but the vocabulary gives it id %d"
                        .formatted(shown, token.id(), known.getAsInt()));
            }
        }
    }

    /** Checks an id as a file gives it. */
    static int checkedId(long id, String token) {
        if (id < 0 || id >= Vocabulary.MAX_ID) {
            throw new PromptException("the added token '%s' has id %d; allowed are 0 to %d"
                    .formatted(PromptText.shorten(token), id, Vocabulary.MAX_ID - 1));
        }
        return (int) id;
    }
}
