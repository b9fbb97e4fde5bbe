package dev.nextstep.prompt;

/**
 * The character classes that the Qwen2 splitting pattern tells apart. Java 25's Unicode 16 agrees here with the
 * reference's library on every code point.
 */
enum UnicodeClasses {
    /** {@code \p{L}}. */
    LETTER,
    /** {@code \p{N}}. */
    NUMBER,
    /** {@code \s}: the Unicode property White_Space. */
    SPACE,
    /** Everything else, unassigned code points too. */
    OTHER;

    private static final UnicodeClasses[] BASIC = new UnicodeClasses[0x3400];

    static {
        for (int c = 0; c < BASIC.length; c++) {
            BASIC[c] = derive(c);
        }
    }

    static UnicodeClasses of(int codePoint) {
        return codePoint < BASIC.length ? BASIC[codePoint] : derive(codePoint);
    }

    private static UnicodeClasses derive(int c) {
        if (isWhiteSpace(c)) {
            return SPACE;
        }
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            default -> OTHER;
        };
    }

    /** Unicode White_Space. Java's own isWhitespace differs: it counts U+001C–1F and leaves out no-break spaces. */
    static boolean isWhiteSpace(int c) {
        return switch (c) {
            case ' ', '\t', '\n', 0x0B, '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }
}
