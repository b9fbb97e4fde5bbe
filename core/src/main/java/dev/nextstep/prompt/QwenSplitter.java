package dev.nextstep.prompt;

import java.util.function.Consumer;

/**
 * The Qwen2 splitting pattern, written out: no backtracking, no regular expression engine whose classes would
 * have to be trusted (see {@link UnicodeClasses}).
 */
final class QwenSplitter implements WordSplitter {
    /** The pattern that this class stands for, as tokenizer.json writes it. */
    static final String PATTERN = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    @Override
    public void split(String text, Consumer<String> words) {
        for (int at = 0; at < text.length(); ) {
            int end = wordEnd(text, at);
            words.accept(text.substring(at, end));
            at = end;
        }
    }

    /** The alternatives of the pattern in their order; the first that matches decides. */
    private static int wordEnd(String text, int start) {
        int contraction = contractionLength(text, start);
        if (contraction > 0) {
            return start + contraction;
        }
        int first = text.codePointAt(start);
        int second = start + Character.charCount(first);
        var kind = UnicodeClasses.of(first);
        if (kind == UnicodeClasses.LETTER) {
            return lettersEnd(text, second);
        }
        if (kind == UnicodeClasses.NUMBER) {
            return second;
        }
        if (!isNewline(first)) {
            int letters = lettersEnd(text, second);
            if (letters > second) {
                return letters;
            }
        }
        if (kind == UnicodeClasses.OTHER) {
            return newlinesEnd(text, othersEnd(text, second));
        }
        if (first == ' ') {
            int others = othersEnd(text, second);
            if (others > second) {
                return newlinesEnd(text, others);
            }
        }
        return spacesEnd(text, start);
    }

    /** 's 't 're 've 'm 'll 'd in either case; s also as the long s, which folds to it. */
    private static int contractionLength(String text, int start) {
        if (text.charAt(start) != '\'' || start + 1 >= text.length()) {
            return 0;
        }
        char third = start + 2 < text.length() ? lower(text.charAt(start + 2)) : 0;
        return switch (lower(text.charAt(start + 1))) {
            case 's', '\u017F', 't', 'm', 'd' -> 2;
            case 'r', 'v' -> third == 'e' ? 3 : 0;
            case 'l' -> third == 'l' ? 3 : 0;
            default -> 0;
        };
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static boolean isNewline(int c) {
        return c == '\n' || c == '\r';
    }

    private static int lettersEnd(String text, int from) {
        return runEnd(text, from, UnicodeClasses.LETTER);
    }

    private static int othersEnd(String text, int from) {
        return runEnd(text, from, UnicodeClasses.OTHER);
    }

    private static int runEnd(String text, int from, UnicodeClasses kind) {
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (UnicodeClasses.of(c) != kind) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int newlinesEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isNewline(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /**
     * A run of white space ends after its last line break; without one it leaves its last character to the word that
     * follows, unless nothing follows or it has only that one.
     */
    private static int spacesEnd(String text, int start) {
        int end = runEnd(text, start, UnicodeClasses.SPACE); // all white space is one char each
        for (int i = end - 1; i >= start; i--) {
            if (isNewline(text.charAt(i))) {
                return i + 1;
            }
        }
        return end == text.length() || end - start == 1 ? end : end - 1;
    }
}
