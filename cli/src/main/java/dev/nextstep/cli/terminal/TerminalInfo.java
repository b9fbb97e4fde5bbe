package dev.nextstep.cli.terminal;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the terminal of this process can do, decided from environment variables and what the operating system knows; the
 * terminal itself is never asked.
 *
 * @param terminals the streams that go to a terminal which understands escape sequences (not {@code TERM=dumb})
 * @param colored the streams on which text may be coloured: those of {@code terminals}, none with {@code NO_COLOR} or
 *     {@code CLICOLOR=0}, all with {@code CLICOLOR_FORCE}
 * @param colors the colours that the terminal can show, whatever the person wants
 * @param size from {@code COLUMNS} and {@code LINES}, else from the system, else 80 x 24
 * @param glyphs which characters its encoding holds
 * @param graphics how pictures get onto it; {@code NEXTSTEP_PREVIEW} overrides what is detected
 */
public record TerminalInfo(
        Set<StandardStream> terminals,
        Set<StandardStream> colored,
        ColorDepth colors,
        TerminalSize size,
        Glyphs glyphs,
        GraphicsProtocol graphics) {

    /** The environment variable that chooses the protocol: kitty, iterm, sixel, blocks, none, or auto. */
    public static final String PREVIEW_VARIABLE = "NEXTSTEP_PREVIEW";

    /** No terminal: plain text, no pictures. */
    public static final TerminalInfo PLAIN = new TerminalInfo(
            Set.of(), Set.of(), ColorDepth.NONE, TerminalSize.DEFAULT, Glyphs.UNICODE, GraphicsProtocol.NONE);

    public TerminalInfo {
        terminals = Set.copyOf(terminals);
        colored = Set.copyOf(colored);
    }

    /**
     * The terminal of this process.
     *
     * @throws IllegalArgumentException if {@value #PREVIEW_VARIABLE} names no protocol
     */
    public static TerminalInfo detect() {
        return detect(System.getenv(), TerminalProbe.system());
    }

    /**
     * A terminal from its environment variables and what the system knows.
     *
     * @throws IllegalArgumentException if {@value #PREVIEW_VARIABLE} names no protocol
     */
    public static TerminalInfo detect(Map<String, String> environment, TerminalProbe probe) {
        var rules = new EnvironmentRules(environment);
        Set<StandardStream> terminals = rules.dumb() ? Set.of() : probe.terminals();
        Set<StandardStream> colored = switch (wish(rules)) {
            case NEVER -> Set.of();
            case ALWAYS -> EnumSet.allOf(StandardStream.class);
            case ON_TERMINALS -> rules.colors() == ColorDepth.NONE ? Set.<StandardStream>of() : terminals;
        };
        ColorDepth colors = rules.colors();
        if (colors == ColorDepth.NONE && !colored.isEmpty()) {
            colors = ColorDepth.ANSI_16;
        }
        GraphicsProtocol graphics = graphics(rules);
        TerminalSize size = size(rules, probe, terminals, graphics);
        return new TerminalInfo(terminals, colored, colors, size, Glyphs.of(probe.charset()), graphics);
    }

    private enum Wish {
        NEVER,
        ALWAYS,
        ON_TERMINALS
    }

    private static Wish wish(EnvironmentRules rules) {
        if (rules.colorsUnwanted()) {
            return Wish.NEVER;
        }
        if (rules.colorsForced()) {
            return Wish.ALWAYS;
        }
        return rules.colorsOff() ? Wish.NEVER : Wish.ON_TERMINALS;
    }

    private static TerminalSize size(
            EnvironmentRules rules, TerminalProbe probe, Set<StandardStream> terminals, GraphicsProtocol graphics) {
        var detail = switch (graphics) {
            case KITTY, ITERM, SIXEL -> TerminalProbe.Detail.PIXELS;
            case BLOCKS, NONE -> TerminalProbe.Detail.CELLS;
        };
        TerminalSize known =
                terminals.isEmpty() ? TerminalSize.DEFAULT : probe.size(detail).orElse(TerminalSize.DEFAULT);
        int columns = rules.number("COLUMNS");
        int rows = rules.number("LINES");
        return new TerminalSize(
                TerminalSize.isSide(columns) ? columns : known.columns(),
                TerminalSize.isSide(rows) ? rows : known.rows(),
                known.cell());
    }

    private static GraphicsProtocol graphics(EnvironmentRules rules) {
        String wanted = rules.get(PREVIEW_VARIABLE).strip();
        GraphicsProtocol chosen = wanted.isEmpty() || wanted.equalsIgnoreCase("auto")
                ? rules.graphics()
                : GraphicsProtocol.ofName(wanted, PREVIEW_VARIABLE);
        return rules.dumb() ? GraphicsProtocol.NONE : chosen;
    }

    /** The same with another way of showing pictures, such as one that an option names. */
    public TerminalInfo withGraphics(GraphicsProtocol other) {
        return new TerminalInfo(terminals, colored, colors, size, glyphs, other);
    }

    /** Whether a stream goes to a terminal on which the cursor can be moved. */
    public boolean isTerminal(StandardStream stream) {
        return terminals.contains(stream);
    }

    /** The colours that text on a stream may have. */
    public ColorDepth colors(StandardStream stream) {
        return colored.contains(stream) ? colors : ColorDepth.NONE;
    }
}
