package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What progress reads like, on a terminal and elsewhere. */
class ProgressBarTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 5 * SECOND;
    private final List<String> written = new ArrayList<>();
    private final TerminalOutput output = TerminalOutput.of(new java.io.PrintWriter(new java.io.StringWriter() {
        @Override
        public void write(String text, int from, int length) {
            written.add(text.substring(from, from + length));
        }
    }));

    private static TerminalInfo terminal(int columns, ColorDepth colors) {
        var err = Set.of(StandardStream.ERR);
        return new TerminalInfo(
                err,
                colors == ColorDepth.NONE ? Set.of() : err,
                colors,
                new TerminalSize(columns, 24, CellSize.ASSUMED),
                Glyphs.UNICODE,
                GraphicsProtocol.NONE);
    }

    private ProgressBar start(String label, ProgressUnit unit, long total, TerminalInfo info) {
        return ProgressBar.start(
                label, unit, total == 0 ? OptionalLong.empty() : OptionalLong.of(total), info, output, () -> now);
    }

    @Test
    void plainLinesComeEveryFiveSeconds() {
        var bar = start("", ProgressUnit.TOKENS, 1024, TerminalInfo.PLAIN);
        for (int i = 1; i <= 256; i++) {
            now += SECOND / 12;
            bar.update(i);
        }
        bar.close();
        assertThat(written)
                .containsExactly(
                        "nextstep: 5 % (61 of 1024 tokens, 12.0 tokens/s, 1 min 21 s left)\n",
                        "nextstep: 11 % (122 of 1024 tokens, 12.0 tokens/s, 1 min 16 s left)\n",
                        "nextstep: 17 % (183 of 1024 tokens, 12.0 tokens/s, 1 min 11 s left)\n",
                        "nextstep: 23 % (244 of 1024 tokens, 12.0 tokens/s, 1 min 5 s left)\n");
    }

    @Test
    void plainLinesOfOtherUnitsAndWithoutATotal() {
        var bytes = start("weights", ProgressUnit.BYTES, 3L << 30, TerminalInfo.PLAIN);
        now += 10 * SECOND;
        bytes.update(1L << 30);
        bytes.succeed();
        var files = start("", ProgressUnit.FILES, 0, TerminalInfo.PLAIN);
        now += 60 * SECOND;
        files.update(30);
        files.close();
        assertThat(written)
                .containsExactly(
                        "nextstep: weights: 33 % (1.0 GiB of 3.0 GiB, 102.4 MiB/s, 20 s left)\n",
                        "nextstep: weights: 1.0 GiB in 10 s (102.4 MiB/s)\n", "nextstep: 30 files, 30.0 files/min\n");
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            plainLinesOfOtherUnitsAndWithoutATotal();
            assertThat(new ProgressState("", ProgressUnit.TOKENS, 1, 4, 1.5, SECOND)
                            .terminalLine(79, Styles.OFF, Glyphs.UNICODE))
                    .contains(" 25 %  1/4 tokens  1.5 tokens/s  2 s left");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTerminalSeesABar() {
        var bar = start("drawing", ProgressUnit.TOKENS, 1024, terminal(100, ColorDepth.NONE));
        now += 10 * SECOND;
        bar.update(256);
        bar.close();
        assertThat(written)
                .containsExactly(
                        "\rdrawing  " + " ".repeat(40) + "   0 %  0/1024 tokens\u001b[K",
                        "\rdrawing  " + "━".repeat(10) + " ".repeat(30)
                                + "  25 %  256/1024 tokens  25.6 tokens/s  30 s left\u001b[K",
                        "\r\u001b[2K");
    }

    @Test
    void theBarIsDrawnAtMostTenTimesASecondAndOnlyWhenItChanges() {
        var bar = start("", ProgressUnit.TOKENS, 1_000_000, terminal(40, ColorDepth.TRUE_COLOR));
        for (int i = 1; i <= 1000; i++) {
            now += SECOND / 1000;
            bar.update(i);
        }
        assertThat(written).hasSizeBetween(5, 11);
        int before = written.size();
        for (int i = 0; i < 1000; i++) {
            bar.update(1000);
        }
        bar.close();
        assertThat(written).hasSize(before + 1);
        bar.update(2000);
        bar.succeed();
        bar.redraw();
        assertThat(written).as("nothing after the end").hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 20, 30, 40, 60, 80, 200})
    void theBarNeverWraps(int columns) {
        for (String label : List.of("", "drawing", "ein sehr langer Name von etwas", "一只猫坐在窗台上看雨", "🦊🦊🦊🦊")) {
            for (ProgressUnit unit : ProgressUnit.values()) {
                for (long total : new long[] {0, 1, 1 << 20, Long.MAX_VALUE}) {
                    for (Glyphs glyphs : Glyphs.values()) {
                        String line = new ProgressState(label, unit, total / 3, total, 0.01, SECOND)
                                .terminalLine(columns, Styles.OFF, glyphs);
                        int width =
                                line.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
                        assertThat(width).as(label + ": " + line).isLessThanOrEqualTo(columns);
                    }
                }
            }
        }
    }

    @Test
    void theBarIsFullExactlyAtTheEnd() {
        assertThat(line(1023, 1024)).contains(" 99 %").contains("╸");
        assertThat(line(1024, 1024)).contains("100 %").contains("━".repeat(40)).doesNotContain("left");
        assertThat(line(2048, 1024)).contains("100 %").contains("━".repeat(40));
    }

    private static String line(long done, long total) {
        return new ProgressState("", ProgressUnit.TOKENS, done, total, 2, SECOND)
                .terminalLine(120, Styles.OFF, Glyphs.UNICODE);
    }

    @Test
    void asciiTerminalsSeeAscii() {
        String line = new ProgressState("Kätzchen, noch eins", ProgressUnit.TOKENS, 5, 10, 2, SECOND)
                .terminalLine(60, Styles.OFF, Glyphs.ASCII);
        assertThat(line).isEqualTo("Kätzchen, noch eins  #####.....  50 %  5/10 tokens  3 s left");
    }

    @Test
    void colorsGoIntoTheBar() {
        String line = new ProgressState("", ProgressUnit.STEPS, 1, 2, 2, SECOND)
                .terminalLine(100, new Styles(ColorDepth.ANSI_16), Glyphs.UNICODE);
        assertThat(line)
                .startsWith("\u001b[36m" + "━".repeat(20) + "\u001b[0m\u001b[2m" + "━".repeat(20) + "\u001b[0m");
    }

    @Test
    void labelsCannotWriteEscapeSequences() {
        var bar = start("\u001b[31mred\n", ProgressUnit.FILES, 2, terminal(100, ColorDepth.NONE));
        bar.close();
        assertThat(written.getFirst()).startsWith("\r<U+001B>[31mred⏎  ");
    }

    @Test
    void theRateFollowsTheLastHalfMinute() {
        var meter = new RateMeter(0, 0);
        long done = 0;
        for (int i = 1; i <= 100; i++) {
            done += 10;
            meter.add(i * SECOND, done);
        }
        assertThat(meter.perSecond()).hasValue(10);
        for (int i = 101; i <= 140; i++) {
            done += 2;
            meter.add(i * SECOND, done);
        }
        assertThat(meter.perSecond()).hasValue(2);
        assertThat(new RateMeter(0, 0).perSecond()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0          | 0.0 s
            420        | 0.4 s
            9940       | 9.9 s
            9950       | 10 s
            59499      | 59 s
            59500      | 1 min
            63000      | 1 min 3 s
            3599000    | 59 min 59 s
            3600000    | 1 h
            7500000    | 2 h 5 min
            86400000   | 1 d
            273600000  | 3 d 4 h
            -5         | 0.0 s
            """)
    void durations(long millis, String words) {
        assertThat(Durations.words(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "TOKENS,1,1 token",
        "TOKENS,0,0 tokens",
        "FILES,2,2 files",
        "BYTES,1,1 byte",
        "BYTES,1023,1023 bytes",
        "BYTES,1536,1.5 KiB",
        "BYTES,1048575,1.0 MiB",
        "BYTES,9223372036854775807,8.0 EiB"
    })
    void amounts(ProgressUnit unit, long count, String text) {
        assertThat(unit.amount(count)).isEqualTo(text);
    }

    @Test
    void aNegativeTotalIsRefused() {
        assertThatThrownBy(() -> start("", ProgressUnit.FILES, -1, TerminalInfo.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
