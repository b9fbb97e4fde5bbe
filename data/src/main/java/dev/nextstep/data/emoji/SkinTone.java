package dev.nextstep.data.emoji;

/** The five skin tones of Unicode (UTS #51), light to dark. */
public enum SkinTone {
    /** Fitzpatrick types 1 and 2. */
    LIGHT("light", "1f3fb"),
    /** Type 3. */
    MEDIUM_LIGHT("medium-light", "1f3fc"),
    /** Type 4. */
    MEDIUM("medium", "1f3fd"),
    /** Type 5. */
    MEDIUM_DARK("medium-dark", "1f3fe"),
    /** Type 6. */
    DARK("dark", "1f3ff");

    private final String word;
    private final String code;

    SkinTone(String word, String code) {
        this.word = word;
        this.code = code;
    }

    /** The word before “skin tone”. */
    public String word() {
        return word;
    }

    /** Its modifier's code point, hexadecimal. */
    String code() {
        return code;
    }

    /** Returns the tone of the number that CLDR data uses, 1 to 5. */
    static SkinTone ofNumber(int number) {
        if (number < 1 || number > values().length) {
            throw new IllegalArgumentException("skin tone " + number + ": expected 1 to 5");
        }
        return values()[number - 1];
    }
}
