package dev.nextstep.cli.terminal;

/**
 * Puts styles on text, or leaves it as it is where colours are off: then not one control code is written.
 *
 * @param colors what the stream may have
 */
public record Styles(ColorDepth colors) {
    /** No styles at all. */
    public static final Styles OFF = new Styles(ColorDepth.NONE);

    /** The styles of a stream. */
    public static Styles of(TerminalInfo terminal, StandardStream stream) {
        return new Styles(terminal.colors(stream));
    }

    /**
     * Text in a style. Styles do not nest: the style ends with the text. Text from outside goes through
     * {@link VisibleText#of(String)} first.
     */
    public String apply(Style style, String text) {
        if (colors == ColorDepth.NONE || text.isEmpty()) {
            return text;
        }
        return Ansi.ESC + "[" + style.code(colors) + "m" + text + Ansi.RESET;
    }

    /** {@link Style#BOLD}. */
    public String bold(String text) {
        return apply(Style.BOLD, text);
    }

    /** {@link Style#DIM}. */
    public String dim(String text) {
        return apply(Style.DIM, text);
    }

    /** {@link Style#OK}. */
    public String ok(String text) {
        return apply(Style.OK, text);
    }

    /** {@link Style#WARNING}. */
    public String warning(String text) {
        return apply(Style.WARNING, text);
    }

    /** {@link Style#ERROR}. */
    public String error(String text) {
        return apply(Style.ERROR, text);
    }

    /** {@link Style#ACCENT}. */
    public String accent(String text) {
        return apply(Style.ACCENT, text);
    }

    /** {@link Style#SPECIAL_TOKEN}. */
    public String specialToken(String text) {
        return apply(Style.SPECIAL_TOKEN, text);
    }
}
