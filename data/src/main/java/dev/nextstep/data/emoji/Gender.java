package dev.nextstep.data.emoji;

/** Gender as the glyph's code says it. */
public enum Gender {
    /** A man, men or a boy. */
    MALE("man"),
    /** A woman, women or a girl. */
    FEMALE("woman");

    private final String word;

    Gender(String word) {
        this.word = word;
    }

    /** The word in instructions. */
    public String word() {
        return word;
    }
}
