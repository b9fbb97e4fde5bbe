package dev.nextstep.server.http;

/** Texts of clients in our own messages and logs. */
public final class Texts {
    private static final int SHOWN = 80;

    private Texts() {}

    /**
     * A text as it may stand in a line of a message or log: control characters and what could turn the line around are
     * replaced, and the end of a long one is left out.
     */
    public static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(SHOWN).map(Texts::harmless).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > SHOWN ? shown.append('…').toString() : shown.toString();
    }

    private static int harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '\uFFFD';
            default -> character;
        };
    }
}
