package dev.nextstep.cli.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How pictures get onto a terminal. */
public enum GraphicsProtocol {
    /** The graphics protocol of kitty; Ghostty has it too. */
    KITTY,
    /** Inline images of iTerm2 (OSC 1337); WezTerm and mintty have them too. */
    ITERM,
    /** DEC sixel graphics: foot, mlterm, Konsole, and xterm when it runs as a VT340. */
    SIXEL,
    /** Characters: ▀ in two colours, or a brightness ramp where there are no colours. */
    BLOCKS,
    /** No pictures. */
    NONE;

    /**
     * The protocol of a name, in any case.
     *
     * @param name kitty, iterm, sixel, blocks or none
     * @param where what the message calls the place of a wrong name, such as an option or an environment variable
     * @throws IllegalArgumentException if there is no such protocol
     */
    public static GraphicsProtocol ofName(String name, String where) {
        return Arrays.stream(values())
                .filter(p -> p.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s must be one of %s; got \"%s\""
                        .formatted(
                                where,
                                Arrays.stream(values())
                                        .map(p -> p.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                                VisibleText.of(name))));
    }
}
