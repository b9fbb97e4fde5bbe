package dev.nextstep.cli.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What environment variables tell of a terminal. */
final class EnvironmentRules {
    /** Names that stand in TERM or TERM_PROGRAM of terminals with 24-bit colour. */
    private static final Set<String> TRUE_COLOR = Set.of(
            "kitty",
            "ghostty",
            "wezterm",
            "alacritty",
            "foot",
            "contour",
            "iterm",
            "vscode",
            "hyper",
            "mintty",
            "rio",
            "direct");

    private final Map<String, String> environment;
    private final String term;
    private final String program;

    EnvironmentRules(Map<String, String> environment) {
        this.environment = environment;
        term = get("TERM").toLowerCase(Locale.ROOT);
        program = get("TERM_PROGRAM").toLowerCase(Locale.ROOT);
    }

    /** A terminal that understands no escape sequences. */
    boolean dumb() {
        return term.equals("dumb") || (term.isEmpty() && program.isEmpty() && !has("WT_SESSION"));
    }

    /** The person wants no colours (no-color.org). */
    boolean colorsUnwanted() {
        return has("NO_COLOR");
    }

    /** The person wants no colours, unless forced (bixense.com/clicolors). */
    boolean colorsOff() {
        return get("CLICOLOR").equals("0");
    }

    /** The person wants colours even where there is no terminal. */
    boolean colorsForced() {
        return has("CLICOLOR_FORCE") && !get("CLICOLOR_FORCE").equals("0");
    }

    /** What the terminal can show, whatever the person wants. */
    ColorDepth colors() {
        if (dumb() || term.startsWith("vt1") || term.startsWith("vt2") || term.startsWith("vt52")) {
            return ColorDepth.NONE;
        }
        String colorTerm = get("COLORTERM").toLowerCase(Locale.ROOT);
        if (colorTerm.equals("truecolor") || colorTerm.equals("24bit") || has("WT_SESSION")) {
            return ColorDepth.TRUE_COLOR;
        }
        if (!multiplexed()
                && (TRUE_COLOR.stream().anyMatch(name -> term.contains(name) || program.contains(name))
                        || number("VTE_VERSION") >= 3600
                        || has("KONSOLE_VERSION"))) {
            return ColorDepth.TRUE_COLOR;
        }
        return term.contains("256") || program.equals("apple_terminal") || multiplexed()
                ? ColorDepth.ANSI_256
                : ColorDepth.ANSI_16;
    }

    /** The best way of showing pictures that surely works. */
    GraphicsProtocol graphics() {
        if (dumb()) {
            return GraphicsProtocol.NONE;
        }
        if (multiplexed()) { // the outer terminal's variables are seen here, but its protocols do not pass through
            return GraphicsProtocol.BLOCKS;
        }
        if (has("KITTY_WINDOW_ID") || term.contains("kitty") || program.equals("ghostty") || term.contains("ghostty")) {
            return GraphicsProtocol.KITTY;
        }
        if (program.equals("wezterm")
                || has("WEZTERM_PANE")
                || has("WEZTERM_EXECUTABLE")
                || program.equals("iterm.app")
                || get("LC_TERMINAL").equals("iTerm2")
                || program.equals("mintty")) {
            return GraphicsProtocol.ITERM;
        }
        boolean sixel = term.equals("foot")
                || term.startsWith("foot-")
                || term.startsWith("mlterm")
                || term.startsWith("contour")
                || term.startsWith("vt340")
                || term.contains("sixel")
                || number("KONSOLE_VERSION") >= 220400; // 22.04 is the first with sixel
        return sixel ? GraphicsProtocol.SIXEL : GraphicsProtocol.BLOCKS;
    }

    /** Inside tmux, screen or Zellij. */
    private boolean multiplexed() {
        return has("TMUX") || has("STY") || has("ZELLIJ") || term.startsWith("screen") || term.startsWith("tmux");
    }

    /** The value of a variable that counts something; 0 if it is missing or not a number. */
    int number(String name) {
        String value = get(name).strip();
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** A variable that is set and not empty. */
    boolean has(String name) {
        return !get(name).isEmpty();
    }

    String get(String name) {
        return environment.getOrDefault(name, "");
    }
}
