package dev.nextstep.cli.terminal;

/**
 * Text from outside (prompts, captions, names of files, tokens of a model) made harmless for a terminal: control characters,
 * which could move the cursor or start an escape sequence, and characters that turn the direction of writing become
 * visible.
 */
public final class VisibleText {
    private VisibleText() {}

    /**
     * The text with line breaks as {@code ⏎}, tabs as {@code ⇥} and every other control, line-separating, bidirectional or
     * unpaired surrogate character as {@code <U+001B>}. One line; every other character stays as it is.
     */
    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::hidden)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append('⏎');
                case '\t' -> out.append('⇥');
                default -> {
                    if (hidden(c)) {
                        out.append("<U+")
                                .append(java.util.HexFormat.of().withUpperCase().toHexDigits((char) c))
                                .append('>');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    private static boolean hidden(int c) {
        return Character.isISOControl(c)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
