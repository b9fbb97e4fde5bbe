package dev.nextstep.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.cli.bench.Comparison.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
    private static final String KERNEL = "kernel f32, rows: 1";
    private static final String DRAWING = "drawing, pictures: 4";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path file() {
        return folder.resolve("h.jsonl");
    }

    @Test
    void runsComeBackAsTheyWere() throws IOException {
        var first = BenchReports.of("m", 1e-3, 2).historyEntry();
        var second = BenchReports.of("\"other\" \n <m>", 2e-3, 1).historyEntry();
        History.read(file()).append(first);
        History.read(file()).append(second);
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(History.read(file()).entries()).containsExactly(first, second);
    }

    @Test
    void aLineThatWasCutOffIsNotGluedToTheNext() throws IOException {
        var run = BenchReports.of("m", 1e-3, 2).historyEntry();
        History.read(file()).append(run);
        Files.writeString(file(), Files.readString(file()).stripTrailing()); // as another program may leave it
        History.read(file()).append(run);
        assertThat(History.read(file()).entries()).containsExactly(run, run);
    }

    @Test
    void onlyDrawnFiguresAreKept() {
        var measures = BenchReports.of("m", 1e-3, 2).historyEntry().measures();
        assertThat(measures)
                .containsKeys(KERNEL, DRAWING, "LM head", "flow head, tokens: 16", "decoding 64 x 64")
                .doesNotContainKeys("flow head, tokens: 64", "decoding 128 x 128");
    }

    @Test
    void whatTakesLongerThanTheThresholdIsWorse() throws IOException {
        History.read(file()).append(BenchReports.of("m", 1e-3, 2).historyEntry());
        var comparison = History.read(file())
                .compare(BenchReports.of("m", 1.2e-3, 1.6).historyEntry())
                .orElseThrow();
        assertThat(comparison.changes(Verdict.WORSE))
                .extracting(Comparison.Change::name)
                .containsExactly(KERNEL);
        assertThat(comparison.changes(Verdict.BETTER))
                .extracting(Comparison.Change::name)
                .containsExactly(DRAWING);
        assertThat(comparison.changes()).hasSizeGreaterThan(4);
        assertThat(comparison.summary()).contains("1.2.3", "1 of", "15 %");
    }

    @Test
    void lessThanTheThresholdOrOverlappingRoundsAreNoChange() {
        var before = Measure.seconds(new Quartiles(0.9, 1, 1.1));
        assertThat(new Comparison.Change("x", before, Measure.seconds(new Quartiles(1.11, 1.14, 1.2))).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(new Comparison.Change("x", before, Measure.seconds(new Quartiles(1.05, 1.4, 2))).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(new Comparison.Change("x", before, Measure.seconds(new Quartiles(1.11, 1.2, 1.3))).verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void singleRoundsOfTimeAreNoChangeAndMemoryIs() {
        var once = Measure.seconds(Quartiles.once(1));
        assertThat(new Comparison.Change("x", once, Measure.seconds(Quartiles.once(9))).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(new Comparison.Change("x", once, Measure.seconds(new Quartiles(8, 9, 10))).verdict())
                .isEqualTo(Verdict.SAME);
        assertThat(new Comparison.Change("x", Measure.bytes(1000), Measure.bytes(1200)).verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void theLastRunCountsThatIsComparable() throws IOException {
        var history = History.read(file());
        history.append(BenchReports.of("m", 2e-3, 2).historyEntry());
        history.append(BenchReports.of("m", 1e-3, 2).historyEntry());
        history.append(on("another machine", BenchReports.of("m", 9, 9).historyEntry()));
        var now = BenchReports.of("m", 1e-3, 2).historyEntry();
        var comparison = History.read(file()).compare(now).orElseThrow();
        assertThat(comparison.before().measures().get(KERNEL))
                .isEqualTo(now.measures().get(KERNEL));
        assertThat(comparison.changes(Verdict.SAME)).hasSameSizeAs(comparison.changes());
        assertThat(History.read(file()).compare(on("a third", now))).isEmpty();
    }

    @Test
    void ofAnotherModelOnlyKernelsAreCompared() throws IOException {
        History.read(file())
                .append(with("another model", BenchReports.of("m", 1e-3, 2).historyEntry()));
        var comparison = History.read(file())
                .compare(BenchReports.of("m", 1e-3, 2).historyEntry())
                .orElseThrow();
        assertThat(comparison.changes()).extracting(Comparison.Change::name).containsExactly(KERNEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "7",
                "null",
                "{}",
                "not json",
                "{\"at\":\"yesterday\"}",
                "{\"measures\":3}",
                "{\"measures\":{\"x\":{\"lower\":[]}}}",
            })
    void aLineThatIsNoRunIsNamed(String line) throws IOException {
        History.read(file()).append(BenchReports.of("m", 1e-3, 2).historyEntry());
        Files.writeString(file(), Files.readString(file()) + line + "\n");
        assertThatThrownBy(() -> History.read(file()))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("--history");
    }

    @Test
    void membersOfLaterVersionsAreSkipped() throws IOException {
        var run = BenchReports.of("m", 1e-3, 2).historyEntry();
        Files.writeString(
                file(), HistoryLine.text(run).replaceFirst("\\{", "{\"new\":{\"a\":[1,{}]},\"newer\":null,") + "\n");
        assertThat(History.read(file()).entries()).containsExactly(run);
    }

    private static HistoryEntry on(String machine, HistoryEntry e) {
        return entry(machine, e.modelId(), e, e.measures());
    }

    private static HistoryEntry with(String modelId, HistoryEntry e) {
        return entry(e.machine(), modelId, e, e.measures());
    }

    private static HistoryEntry entry(String machine, String modelId, HistoryEntry e, Map<String, Measure> measures) {
        return new HistoryEntry(
                e.at(),
                e.version(),
                machine,
                e.processor(),
                e.java(),
                e.threads(),
                e.load(),
                e.effort(),
                e.model(),
                modelId,
                measures);
    }
}
