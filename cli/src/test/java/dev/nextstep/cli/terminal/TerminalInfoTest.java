package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided from which environment. */
class TerminalInfoTest {

    private record Probe(Set<StandardStream> terminals, Optional<TerminalSize> size, Charset charset)
            implements TerminalProbe {
        @Override
        public Optional<TerminalSize> size(Detail detail) {
            return size;
        }

        static final Probe TERMINAL = new Probe(
                EnumSet.allOf(StandardStream.class),
                Optional.of(new TerminalSize(120, 40, new CellSize(9, 18, CellSize.Source.MEASURED))),
                StandardCharsets.UTF_8);
        static final Probe FILE = new Probe(Set.of(), Optional.empty(), StandardCharsets.UTF_8);
    }

    /** NAME=value, separated by blanks. */
    private static Map<String, String> environment(String text) {
        var out = new HashMap<String, String>();
        for (String pair : text.strip().split(" +", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                out.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TERM=xterm-kitty KITTY_WINDOW_ID=1                        | KITTY  | TRUE_COLOR
            TERM=xterm-kitty                                          | KITTY  | TRUE_COLOR
            TERM=xterm-ghostty TERM_PROGRAM=ghostty                   | KITTY  | TRUE_COLOR
            TERM=xterm-256color TERM_PROGRAM=iTerm.app                | ITERM  | TRUE_COLOR
            TERM=xterm-256color LC_TERMINAL=iTerm2                    | ITERM  | ANSI_256
            TERM=xterm-256color TERM_PROGRAM=WezTerm                  | ITERM  | TRUE_COLOR
            TERM=wezterm WEZTERM_PANE=0                               | ITERM  | TRUE_COLOR
            TERM=xterm-256color TERM_PROGRAM=mintty                   | ITERM  | TRUE_COLOR
            TERM=foot                                                 | SIXEL  | TRUE_COLOR
            TERM=foot-extra                                           | SIXEL  | TRUE_COLOR
            TERM=mlterm-256color                                      | SIXEL  | ANSI_256
            TERM=xterm-256color KONSOLE_VERSION=230805                | SIXEL  | TRUE_COLOR
            TERM=xterm-256color KONSOLE_VERSION=211200                | BLOCKS | TRUE_COLOR
            TERM=xterm-256color VTE_VERSION=7200                      | BLOCKS | TRUE_COLOR
            TERM=xterm-256color TERM_PROGRAM=Apple_Terminal           | BLOCKS | ANSI_256
            TERM=xterm-256color TERM_PROGRAM=vscode                   | BLOCKS | TRUE_COLOR
            TERM=xterm-256color WT_SESSION=a                          | BLOCKS | TRUE_COLOR
            TERM=alacritty                                            | BLOCKS | TRUE_COLOR
            TERM=xterm                                                | BLOCKS | ANSI_16
            TERM=xterm-256color                                       | BLOCKS | ANSI_256
            TERM=xterm COLORTERM=truecolor                            | BLOCKS | TRUE_COLOR
            TERM=xterm COLORTERM=24bit                                | BLOCKS | TRUE_COLOR
            TERM=linux                                                | BLOCKS | ANSI_16
            TERM=xterm NEXTSTEP_PREVIEW=sixel                         | SIXEL  | ANSI_16
            TERM=xterm-kitty NEXTSTEP_PREVIEW=Blocks                  | BLOCKS | TRUE_COLOR
            TERM=xterm-kitty NEXTSTEP_PREVIEW=none                    | NONE   | TRUE_COLOR
            TERM=xterm-kitty NEXTSTEP_PREVIEW=auto                    | KITTY  | TRUE_COLOR
            TERM=xterm NEXTSTEP_PREVIEW=iterm                         | ITERM  | ANSI_16
            TERM=tmux-256color TMUX=/tmp/t,1,0 KITTY_WINDOW_ID=1      | BLOCKS | ANSI_256
            TERM=screen STY=1.pts TERM_PROGRAM=iTerm.app              | BLOCKS | ANSI_256
            TERM=screen-256color COLORTERM=truecolor                  | BLOCKS | TRUE_COLOR
            TERM=xterm-kitty ZELLIJ=0                                 | BLOCKS | ANSI_256
            TERM=vt100                                                | BLOCKS | NONE
            TERM=dumb                                                 | NONE   | NONE
            TERM=dumb KITTY_WINDOW_ID=1 NEXTSTEP_PREVIEW=kitty        | NONE   | NONE
                                                                      | NONE   | NONE
            """)
    void protocolAndColors(String environment, GraphicsProtocol graphics, ColorDepth colors) {
        var info = TerminalInfo.detect(environment(environment == null ? "" : environment), Probe.TERMINAL);
        assertThat(info.graphics()).isEqualTo(graphics);
        assertThat(info.colors(StandardStream.ERR)).isEqualTo(colors);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TERM=xterm-256color                                      | ANSI_256 | NONE
            TERM=xterm-256color NO_COLOR=1                           | NONE     | NONE
            TERM=xterm-256color NO_COLOR=                            | ANSI_256 | NONE
            TERM=xterm-256color CLICOLOR=0                           | NONE     | NONE
            TERM=xterm-256color CLICOLOR_FORCE=1                     | ANSI_256 | ANSI_256
            TERM=xterm-256color CLICOLOR_FORCE=0                     | ANSI_256 | NONE
            TERM=xterm-256color CLICOLOR=0 CLICOLOR_FORCE=1          | ANSI_256 | ANSI_256
            TERM=xterm-256color NO_COLOR=1 CLICOLOR_FORCE=1          | NONE     | NONE
            TERM=dumb CLICOLOR_FORCE=1                               | ANSI_16  | ANSI_16
            """)
    void colorsOnATerminalAndInAFile(String environment, ColorDepth onTerminal, ColorDepth inFile) {
        assertThat(TerminalInfo.detect(environment(environment), Probe.TERMINAL).colors(StandardStream.OUT))
                .isEqualTo(onTerminal);
        assertThat(TerminalInfo.detect(environment(environment), Probe.FILE).colors(StandardStream.OUT))
                .isEqualTo(inFile);
    }

    @Test
    void streamsAreToldApart() {
        var probe = new Probe(Set.of(StandardStream.ERR), Optional.empty(), StandardCharsets.UTF_8);
        var info = TerminalInfo.detect(environment("TERM=xterm-256color"), probe);
        assertThat(info.isTerminal(StandardStream.ERR)).isTrue();
        assertThat(info.isTerminal(StandardStream.OUT)).isFalse();
        assertThat(info.colors(StandardStream.OUT)).isEqualTo(ColorDepth.NONE);
        assertThat(PictureRenderer.of(info, StandardStream.ERR)).isInstanceOf(HalfBlockRenderer.class);
        assertThat(PictureRenderer.of(info, StandardStream.OUT)).isInstanceOf(NoRenderer.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TERM=xterm                        | 120 | 40
            TERM=xterm COLUMNS=100            | 100 | 40
            TERM=xterm COLUMNS=100 LINES=50   | 100 | 50
            TERM=xterm COLUMNS=0 LINES=-3     | 120 | 40
            TERM=xterm COLUMNS=99999 LINES=x  | 120 | 40
            TERM=dumb                         | 80  | 24
            """)
    void size(String environment, int columns, int rows) {
        TerminalSize size =
                TerminalInfo.detect(environment(environment), Probe.TERMINAL).size();
        assertThat(size.columns()).isEqualTo(columns);
        assertThat(size.rows()).isEqualTo(rows);
    }

    @Test
    void encodingDecidesTheCharacters() {
        var ascii = new Probe(Probe.TERMINAL.terminals(), Optional.empty(), StandardCharsets.US_ASCII);
        var info = TerminalInfo.detect(environment("TERM=xterm-256color"), ascii);
        assertThat(info.glyphs()).isEqualTo(Glyphs.ASCII);
        assertThat(PictureRenderer.of(info, StandardStream.ERR)).isInstanceOf(TextRenderer.class);
    }

    @Test
    void withoutColorsBlocksBecomeText() {
        var info = TerminalInfo.detect(environment("TERM=xterm-256color NO_COLOR=1"), Probe.TERMINAL);
        assertThat(PictureRenderer.of(info, StandardStream.ERR)).isInstanceOf(TextRenderer.class);
    }

    @Test
    void aWrongNameOfAProtocolIsExplained() {
        assertThatThrownBy(() ->
                        TerminalInfo.detect(Map.of("TERM", "xterm", "NEXTSTEP_PREVIEW", "six\u001bel"), Probe.TERMINAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NEXTSTEP_PREVIEW must be one of kitty, iterm, sixel, blocks, none;"
                        + " got \"six<U+001B>el\"");
    }

    @Test
    void theAnswerOfSttyIsReadWithCare() {
        assertThat(SystemProbe.parseStty("24 80\n")).contains(TerminalSize.DEFAULT);
        assertThat(SystemProbe.parseStty("0 0\n")).isEmpty();
        assertThat(SystemProbe.parseStty("stty: no")).isEmpty();
        assertThat(SystemProbe.parseStty("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void pixelsThatMakeNoSenseAreNotBelieved(int pixels) {
        assertThat(SystemProbe.size(80, 24, pixels, pixels).orElseThrow().cell())
                .isEqualTo(CellSize.ASSUMED);
    }

    @Test
    void pixelsThatMakeSenseAreMeasured() {
        assertThat(SystemProbe.size(80, 24, 720, 432).orElseThrow().cell())
                .isEqualTo(new CellSize(9, 18, CellSize.Source.MEASURED));
    }

    @Test
    void thisProcessCanBeAsked() {
        var info = TerminalInfo.detect(Map.of("TERM", "xterm"), TerminalProbe.system());
        assertThat(info.size().columns()).isPositive();
        assertThat(info.isTerminal(StandardStream.OUT))
                .as("tests run with output into a pipe")
                .isFalse();
    }
}
