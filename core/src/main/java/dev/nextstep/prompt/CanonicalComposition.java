package dev.nextstep.prompt;

import java.text.Normalizer;

/**
 * Unicode normal form C as the reference's library computes it. Its tables are those of Unicode 9, Java 25's those of
 * Unicode 16. Younger code points are inert there: they neither compose nor change places, so the text is normalised
 * piecewise between them.
 */
final class CanonicalComposition {
    /** Below this every code point is its own normal form and combines with nothing before it. */
    private static final char FIRST_COMBINING = 0x300;

    /**
     * First and last code points of ranges in which everything that Java reorders or composes is younger than
     * Unicode 9: a combining class other than 0, or part of a canonical composition. Found by comparing both on every
     * code point; TokenizerParityTest does so again.
     */
    private static final int[] INERT = {
        0x07FD, 0x07FD, 0x0897, 0x089F, 0x08CA, 0x08D3, 0x09FE, 0x09FE, 0x0C3C, 0x0C3C,
        0x0D3B, 0x0D3C, 0x0EBA, 0x0EBA, 0x1715, 0x1715, 0x1ABF, 0x1ACE, 0x1DF6, 0x1DFA,
        0xA82C, 0xA82C, 0x105C9, 0x105C9, 0x105D2, 0x105D2, 0x105DA, 0x105DA, 0x105E4, 0x105E4,
        0x10D24, 0x10D27, 0x10D69, 0x10D6D, 0x10EAB, 0x10EAC, 0x10EFD, 0x10EFF, 0x10F46, 0x10F50,
        0x10F82, 0x10F85, 0x11070, 0x11070, 0x1133B, 0x1133B, 0x11382, 0x113D0, 0x1145E, 0x1145E,
        0x11839, 0x1183A, 0x11930, 0x11943, 0x119E0, 0x119E0, 0x11A34, 0x11A34, 0x11A47, 0x11A47,
        0x11A99, 0x11A99, 0x11D42, 0x11D45, 0x11D97, 0x11D97, 0x11F41, 0x11F42, 0x1611E, 0x1612F,
        0x16D63, 0x16D6A, 0x16FF0, 0x16FF1, 0x1E08F, 0x1E08F, 0x1E130, 0x1E136, 0x1E2AE, 0x1E2AE,
        0x1E2EC, 0x1E2EF, 0x1E4EC, 0x1E4EF, 0x1E5EE, 0x1E5EF
    };

    private static final int MOST_MARKS = 4096;

    private CanonicalComposition() {}

    private static boolean isInert(int codePoint) {
        for (int i = 0; i < INERT.length && INERT[i] <= codePoint; i += 2) {
            if (codePoint <= INERT[i + 1]) {
                return true;
            }
        }
        return false;
    }

    static String normalize(String text) {
        int length = text.length();
        int at = 0;
        while (at < length && text.charAt(at) < FIRST_COMBINING) {
            at++;
        }
        if (at == length) {
            return text;
        }
        StringBuilder result = null;
        int done = 0;
        while (at < length) {
            int c = text.codePointAt(at);
            int after = at + Character.charCount(c);
            if (isInert(c)) {
                if (result == null) {
                    result = new StringBuilder(length + 16);
                }
                result.append(compose(text.substring(done, at))).appendCodePoint(c);
                done = after;
            }
            at = after;
        }
        return result == null
                ? compose(text)
                : result.append(compose(text.substring(done))).toString();
    }

    /** Sorting marks takes quadratic time in the JDK; text that people write has a few in a row, never thousands. */
    private static void checkRuns(String text) {
        int run = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            run = switch (Character.getType(c)) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> run + 1;
                default -> 0;
            };
            if (run > MOST_MARKS) {
                throw new PromptException(
                        "the text has more than %d combining marks in a row; remove the excess".formatted(MOST_MARKS));
            }
        }
    }

    private static String compose(String text) {
        checkRuns(text);
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
