package dev.nextstep.prompt;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Splits by the regular expression of the file, for tokenizers whose pattern is not Qwen2's. What lies between two
 * matches is a word of its own ("Isolated"). A pattern from outside may backtrack without end, so the work is bounded.
 */
final class RegexSplitter implements WordSplitter {
    private static final long STEPS_PER_CHARACTER = 2_000;
    private static final long STEPS_AT_LEAST = 2_000_000;

    private final Pattern pattern;

    RegexSplitter(String expression) {
        try {
            pattern = Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw new PromptException("the pre-tokenizer's pattern '%s' is not a regular expression that Java knows: %s"
                    .formatted(
                            PromptText.shorten(expression),
                            e instanceof PatternSyntaxException syntax
                                    ? syntax.getDescription()
                                    : "nested too deeply"));
        }
    }

    @Override
    public void split(String text, Consumer<String> words) {
        var matcher = pattern.matcher(new Metered(text, STEPS_AT_LEAST + STEPS_PER_CHARACTER * text.length()));
        int done = 0;
        try {
            while (matcher.find()) {
                if (matcher.start() > done) {
                    words.accept(text.substring(done, matcher.start()));
                }
                if (matcher.end() > matcher.start()) {
                    words.accept(text.substring(matcher.start(), matcher.end()));
                }
                done = matcher.end();
            }
        } catch (StackOverflowError e) {
            throw new PromptException("the pre-tokenizer's pattern nests too deeply for this text", e);
        }
        if (done < text.length()) {
            words.accept(text.substring(done));
        }
    }

    /** Counts how often the matcher looks at a character and stops it when that goes on too long. */
    private static final class Metered implements CharSequence {
        private final String text;
        private long stepsLeft;

        Metered(String text, long steps) {
            this.text = text;
            this.stepsLeft = steps;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft < 0) {
                throw new PromptException(
                        "the pre-tokenizer's pattern takes too long on this text; it backtracks too much");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
