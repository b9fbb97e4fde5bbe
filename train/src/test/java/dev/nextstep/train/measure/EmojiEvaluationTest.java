package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with the model that comes with the program and a set of made pictures, which it does not know. */
class EmojiEvaluationTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root", ".."), "models", "emoji");

    @TempDir
    static Path folder;

    private static EvaluationSettings settings(int threads) {
        return new EvaluationSettings(
                EnumSet.allOf(EvaluationSettings.Part.class), 32, 4, 3, 5, OptionalDouble.of(1), 1, threads);
    }

    private static EvaluationCases cases(EmojiPictures set) {
        var all = new CatalogCases(set, Set.of("shaded"));
        var edits = new ArrayList<EditCase>();
        for (int glyph = 0; glyph < 6; glyph++) {
            String code = MadePictures.hexcode(glyph);
            edits.add(new EditCase(
                    "style", "in lined style", new PictureName(code, "flat"), new PictureName(code, "lined")));
        }
        return new CasesFile(all.seen(), all.seen().subList(0, 3), edits, all.reconstructions());
    }

    @Test
    void measuresResumesAndDoesNotDependOnThreads() throws IOException {
        var set = MadePictures.set(folder.resolve("set"), 20, 64);
        var cases = cases(set);
        assertThat(cases.seen()).hasSize(32).allMatch(c -> !c.picture().style().equals("shaded"));
        Path out = folder.resolve("out");
        var stages = new ArrayList<String>();
        var report = new EmojiEvaluation(MODEL, set, cases, settings(1))
                .run(out, (stage, done, total) -> stages.add(stage + " " + done + "/" + total), new Cancellation());
        assertThat(stages)
                .contains(
                        "READING 60/60",
                        "RECONSTRUCTING 5/5",
                        "DRAWING_SEEN 4/4",
                        "DRAWING_PLAIN 4/4",
                        "DRAWING_HELD_OUT 3/3",
                        "EDITING 3/3");
        assertThat(report.figures().stream().map(Figure::id))
                .contains(
                        "tokenizer.psnr", "tokenizer.ssim", "seen.top1", "seen.top5", "seen.median_rank", "seen.style")
                .contains(
                        "plain.top1",
                        "seen.base.top1",
                        "held_out.top5",
                        "edits.style.grid",
                        "edits.pixels",
                        "style.real");
        assertThat(report.find("seen.top1").orElseThrow().estimate().count()).isEqualTo(4);
        assertThat(report.find("tokenizer.psnr").orElseThrow().estimate().value())
                .isBetween(15.0, 50.0);
        assertThat(ReportFile.read(out.resolve("report.json"))).isEqualTo(report);
        assertThat(out.resolve("report.md"))
                .content()
                .contains("| emoji |", "30.0 dB", "seen pairs, style as prompted");
        // Three drawn pairs side by side: 2 × 32 pixels and 2 between, 10 around and between.
        var sheet = new PictureReader().read(out.resolve("held-out.png"));
        assertThat(sheet.width()).isEqualTo(3 * 66 + 4 * 10);
        assertThat(out.resolve("seen.png")).exists();
        assertThat(out.resolve("plain.png")).exists();
        assertThat(out.resolve("edits.png")).exists();

        var drawn = files(out.resolve("drawn"));
        assertThat(drawn).hasSize(4 + 4 + 3 + 3 - doubled(cases));
        Path removed = drawn.getFirst();
        byte[] content = Files.readAllBytes(removed);
        var times = drawn.stream().map(EmojiEvaluationTest::time).toList();
        Files.delete(removed);
        var again = new EmojiEvaluation(MODEL, set, cases, settings(3))
                .run(out, EvaluationListener.NONE, new Cancellation());
        assertThat(again).isEqualTo(report);
        assertThat(removed).hasBinaryContent(content);
        assertThat(files(out.resolve("drawn"))).isEqualTo(drawn);
        assertThat(drawn.stream().skip(1).map(EmojiEvaluationTest::time)).isEqualTo(times.subList(1, times.size()));
    }

    @Test
    void cancellingStopsAndKeepsWhatIsDrawn() throws IOException {
        var set = MadePictures.set(folder.resolve("set2"), 20, 64);
        var cancellation = new Cancellation();
        Path out = folder.resolve("cancelled");
        assertThatThrownBy(() -> new EmojiEvaluation(MODEL, set, cases(set), settings(1))
                        .run(
                                out,
                                (stage, done, total) -> {
                                    if (stage == EvaluationListener.Stage.DRAWING_SEEN && done == 2) {
                                        cancellation.cancel();
                                    }
                                },
                                cancellation))
                .isInstanceOf(CancellationException.class);
        assertThat(files(out.resolve("drawn"))).hasSize(2);
        assertThat(out.resolve("report.json")).doesNotExist();
    }

    @Test
    void casesOfAnotherSetAreRefusedBeforeAnythingIsDrawn() throws IOException {
        var set = MadePictures.set(folder.resolve("set3"), 3, 64);
        var other = new CasesFile(
                List.of(new CaptionCase("x", new PictureName("1f34e", "noto"))), List.of(), List.of(), List.of());
        Path out = folder.resolve("other");
        assertThatThrownBy(() -> new EmojiEvaluation(MODEL, set, other, settings(1))
                        .run(out, EvaluationListener.NONE, new Cancellation()))
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("noto/1f34e");
        assertThat(out).doesNotExist();
        assertThatThrownBy(() -> EmojiPictures.open(folder.resolve("nowhere"))).hasMessageContaining("catalog.json");
        assertThatThrownBy(() -> set.read(new PictureName(MadePictures.hexcode(0), "flat"), 48))
                .hasMessageContaining("48 cannot be had");
    }

    /** A held-out case of this test may be one of the seen ones that were chosen; then it is drawn once. */
    private static int doubled(EvaluationCases cases) {
        var seen = CaseChoice.of(cases.seen(), 4, 1);
        return (int) cases.heldOut().stream().filter(seen::contains).count();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Object time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
