package dev.nextstep.cli.terminal;

/** What a piece of text is, and so how it looks: the one palette of the command. */
public enum Style {
    /** Stands out without a colour: headings, names. */
    BOLD("1", "1"),
    /** Steps back: units, hints, paths. */
    DIM("2", "2"),
    /** It went well. */
    OK("32", "38;5;71"),
    /** Worth a look. */
    WARNING("33", "38;5;178"),
    /** It failed. */
    ERROR("31", "38;5;167"),
    /** The part that is done, choices, headings of tables. */
    ACCENT("36", "38;5;73"),
    /** A token with a meaning to the model, such as the begin of an image. */
    SPECIAL_TOKEN("35", "38;5;140");

    private final String basic;
    private final String rich;

    Style(String basic, String rich) {
        this.basic = basic;
        this.rich = rich;
    }

    /** The parameters of the SGR sequence; not for {@link ColorDepth#NONE}. */
    String code(ColorDepth colors) {
        return colors == ColorDepth.ANSI_16 ? basic : rich;
    }
}
