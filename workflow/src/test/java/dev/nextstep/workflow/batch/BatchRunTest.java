package dev.nextstep.workflow.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.FoundRecipe;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Reroll;
import dev.nextstep.data.DataException;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole batches with the model that ships. */
class BatchRunTest {
    private static final String JOBS = """
            {"prompts": [{"prompt": "a red heart", "count": 3}, "pizza, flat style",
                         {"prompt": "a cat", "size": "32x48", "formats": ["png", "jpg", "webp"]}, "a star", "a dog"],
             "settings": {"steps": 3}}
            """;

    private static NextStep model;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        model = NextStep.open(Path.of(System.getProperty("project.root"), "models", "emoji"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static BatchPlan plan(String jobs, Settings settings) {
        return BatchPlan.of(
                JobReader.read(jobs, JobReader.Form.YAML, "jobs.json", BatchJob.of("-")),
                settings,
                BatchModel.of(model),
                5);
    }

    private static List<PictureRecord> run(BatchPlan plan, Settings settings, Path out, BatchListener listener)
            throws IOException {
        return new BatchRun(
                        BatchModel.of(model),
                        plan,
                        settings,
                        Files.createDirectories(out),
                        listener,
                        new Cancellation())
                .run();
    }

    /** Content of all pictures, by name. */
    private static Map<String, String> pictures(Path out) throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.walk(out)) {
            for (var file : files.filter(f -> f.toString().matches(".*\\.(png|jpg|webp)"))
                    .toList()) {
                found.put(out.relativize(file).toString(), PictureFiles.sha256(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    @Test
    void everyPromptIsDrawnAndDescribed() throws IOException {
        var settings = Settings.defaults();
        var plan = plan(JOBS, settings);
        assertThat(plan.notes()).singleElement().asString().contains("preset standard", "64 pixels");
        var records = run(plan, settings, folder, BatchListener.NONE);
        assertThat(records).hasSize(7).allMatch(PictureRecord::isDone);
        assertThat(pictures(folder).keySet())
                .contains("0001-a-red-heart.png", "0005-a-cat.jpg", "0005-a-cat.webp", "0007-a-dog.png")
                .hasSize(9);
        assertThat(Files.readString(folder.resolve("0004-pizza-flat-style.json")))
                .contains(
                        "\"prompt\" : \"pizza, flat style\"", "published_quality", "artifacts", "timestamp", "weights");
    }

    @Test
    void aBatchThatIsEndedAtRandomMomentsMakesTheSamePictures() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var settings = Settings.defaults();
        var plan = plan(JOBS, settings);
        run(plan, settings, folder.resolve("whole"), BatchListener.NONE);

        var broken = Files.createDirectories(folder.resolve("broken"));
        int ended = 0;
        List<PictureRecord> records = List.of();
        while (records.isEmpty()) {
            var cancellation = new Cancellation();
            int after = random.nextInt(3);
            var listener = new BatchListener() {
                private int seen;

                @Override
                public void finished(PictureRecord record, int done, int total) {
                    if (seen++ == after) {
                        cancellation.cancel();
                    }
                }
            };
            try {
                records = new BatchRun(BatchModel.of(model), plan, settings, broken, listener, cancellation).run();
            } catch (CancellationException e) {
                ended++;
                // As a kill would leave it: a line that is cut off.
                Files.writeString(
                        broken.resolve(BatchJournal.FILE),
                        "{\"index\": 3, \"fil",
                        java.nio.file.StandardOpenOption.APPEND);
            }
        }
        assertThat(ended).as("seed %d", seed).isPositive();
        assertThat(pictures(broken)).as("seed %d", seed).isEqualTo(pictures(folder.resolve("whole")));
    }

    @Test
    void whatIsDoneIsNotDrawnAgainAndWhatIsDamagedIs() throws IOException {
        var settings = Settings.defaults();
        var plan = plan("[\"a star\", \"a moon\"]", settings);
        run(plan, settings, folder, BatchListener.NONE);
        var before = pictures(folder);
        Files.write(folder.resolve("0002-a-moon.png"), new byte[] {1, 2, 3});
        var drawn = new ArrayList<Integer>();
        run(plan, settings, folder, new BatchListener() {
            @Override
            public void finished(PictureRecord record, int done, int total) {
                drawn.add(record.index());
            }
        });
        assertThat(drawn).containsExactly(1);
        assertThat(pictures(folder)).isEqualTo(before);
    }

    /** The model that ships, but for one prompt that it never draws and another that it draws when asked again. */
    private static final class Moody implements BatchModel {
        private final BatchModel real = BatchModel.of(model);
        private boolean asked;

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public String weightsHash() {
            return real.weightsHash();
        }

        @Override
        public DrawingSettings defaults() {
            return real.defaults();
        }

        @Override
        public int pixelsPerToken() {
            return real.pixelsPerToken();
        }

        @Override
        public DrawingOptions sizeFor(Shape shape, DrawingSettings settings) {
            return real.sizeFor(shape, settings);
        }

        @Override
        public void require(GenerateRequest request) {
            real.require(request);
        }

        @Override
        public Supplier<Picture> redraw(Picture picture, int rows, long seed, Cancellation cancellation) {
            return real.redraw(picture, rows, seed, cancellation);
        }

        @Override
        public OptionalInt normalTokens() {
            return real.normalTokens();
        }

        @Override
        public Supplier<Picture> begin(GenerateRequest request, Cancellation cancellation) {
            if (request.prompt().equals("scarred")) {
                var drawn = real.begin(request, cancellation);
                return () -> scarred(drawn.get());
            }
            if (request.prompt().equals("never")) {
                throw new IllegalStateException("not in the mood");
            }
            var real = this.real.begin(request, cancellation);
            if (request.prompt().equals("later") && !asked) {
                asked = true;
                return () -> {
                    var _ = real.get();
                    throw new IllegalStateException("too late");
                };
            }
            return real;
        }
    }

    /** The last row of tokens is noise. */
    private static Picture scarred(Picture picture) {
        var tokens = picture.tokens().clone();
        var random = new Random(3);
        int last = tokens.length / 4 * 3;
        for (int i = last; i < tokens.length; i++) {
            tokens[i] = 2 * (float) random.nextGaussian();
        }
        return new Picture(model.decode(new ImageTokens(4, 4, tokens)), tokens, picture.recipe());
    }

    @Test
    void aRepairDrawsAgainFromTheFirstDamagedRow() throws IOException {
        var settings = Settings.defaults()
                .withFlag(SettingKey.MIN_QUALITY, "--min-quality", "0.4")
                .withFlag(SettingKey.ATTEMPTS, "--attempts", "2")
                .withFlag(SettingKey.REPAIR, "--repair", "true");
        var plan = plan("[\"scarred\"]", settings);
        var moody = new Moody();
        var records = new BatchRun(moody, plan, settings, folder, BatchListener.NONE, new Cancellation()).run();
        var record = records.getFirst();
        assertThat(record.attempts())
                .extracting(PictureRecord.Attempt::keptRows)
                .containsExactly(0, 3);
        assertThat(record.attempts().get(1).quality())
                .isGreaterThan(record.attempts().getFirst().quality());
        assertThat(record.chosen()).isEqualTo(1);
        assertThat(BatchJournal.recordsIn(folder, plan.fingerprint())).isEqualTo(records);
        Manifest.write(folder, BatchResult.of(plan, records, moody));
        assertThat(Files.readString(folder.resolve(Manifest.FILE))).contains("\"kept_rows\" : 3");

        // The rows above are those of the picture that nobody damaged, and the recipe in the file draws all of it
        // again.
        var file = folder.resolve("0001-scarred.png");
        var recipe =
                ((FoundRecipe.Complete) FoundRecipe.in(PictureTexts.read(file)).orElseThrow()).recipe();
        assertThat(recipe.rerolls()).singleElement().extracting(Reroll::token).isEqualTo(12);
        var again = model.generate(GenerateRequest.from(recipe));
        assertThat(again.pixels()).isEqualTo(new PictureReader().read(file));
    }

    @Test
    void whatCannotBeDrawnIsTriedAgainAndListed() throws IOException {
        var settings = Settings.defaults().withFlag(SettingKey.RETRIES, "--retries", "1");
        var plan = plan("[\"a star\", \"never\", \"later\", \"a moon\"]", settings);
        var again = new ArrayList<Integer>();
        var listener = new BatchListener() {
            @Override
            public void again(PlannedPicture picture, String reason) {
                again.add(picture.index());
            }
        };
        var moody = new Moody();
        var records = new BatchRun(moody, plan, settings, folder, listener, new Cancellation()).run();
        assertThat(records).extracting(PictureRecord::isDone).containsExactly(true, false, true, true);
        assertThat(records.get(1).failure()).contains("not in the mood");
        assertThat(again).contains(1, 2).doesNotContain(0, 3);

        var result = BatchResult.of(plan, records, moody);
        Manifest.write(folder, result);
        ContactPage.write(folder, "stars", result);
        assertThat(Files.readString(folder.resolve(Manifest.FILE)))
                .contains("\"done\" : 3", "\"failed\" : 1", "not in the mood");
        assertThat(Files.readString(folder.resolve(ContactPage.FILE)))
                .contains("3 of 4 pictures, 1 failed", "failed: not in the mood", "src=\"./0001-a-star.png\"");

        // The next run draws what failed and nothing else.
        again.clear();
        var drawn = new ArrayList<Integer>();
        new BatchRun(
                        BatchModel.of(model),
                        plan,
                        settings,
                        folder,
                        new BatchListener() {
                            @Override
                            public void finished(PictureRecord record, int done, int total) {
                                drawn.add(record.index());
                            }
                        },
                        new Cancellation())
                .run();
        assertThat(drawn).containsExactly(1);
    }

    @Test
    void whatCannotBeWrittenEndsTheRunAndTheNextGoesOn() throws IOException {
        var settings = Settings.defaults();
        var plan = plan("[\"a star\", \"a moon\", \"a dog\"]", settings);
        var inTheWay = Files.createDirectories(folder.resolve("0002-a-moon.png").resolve("full"));
        assertThatThrownBy(() -> run(plan, settings, folder, BatchListener.NONE))
                .isInstanceOf(IOException.class);
        assertThat(BatchJournal.recordsIn(folder, plan.fingerprint())).hasSize(1);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(run(plan, settings, folder, BatchListener.NONE)).hasSize(3).allMatch(PictureRecord::isDone);
    }

    @Test
    void shapesAreSizesOfTheModel() {
        var plan = plan("[{\"prompt\": \"a star\", \"aspect\": \"3:1\"}]", Settings.defaults());
        var options = plan.pictures().getFirst().request().options();
        assertThat(options.width())
                .isGreaterThan(2 * requireNonNull(options.height()))
                .isLessThan(200);
    }

    @Test
    void textOnPagesIsNeverMarkup() throws IOException {
        var settings = Settings.defaults();
        String evil = "</div><script>alert(1)</script>\u0000\u202e' onerror=\"x";
        var job = BatchJob.of(evil);
        var plan = BatchPlan.of(List.of(job), settings, BatchModel.of(model), 5);
        var records = run(plan, settings, folder, BatchListener.NONE);
        ContactPage.write(folder, evil, BatchResult.of(plan, records, BatchModel.of(model)));
        String page = Files.readString(folder.resolve(ContactPage.FILE));
        assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert", "\" onerror", "\0");
    }

    @Test
    void theBestOfSeveralTriesIsKept() throws IOException {
        var settings = Settings.defaults()
                .withFlag(SettingKey.MIN_QUALITY, "--min-quality", "1")
                .withFlag(SettingKey.ATTEMPTS, "--attempts", "3");
        var plan = plan("{\"prompts\": [\"a star\"], \"settings\": {\"steps\": 2}}", settings);
        var record = run(plan, settings, folder, BatchListener.NONE).getFirst();
        assertThat(record.attempts()).hasSizeBetween(1, 3);
        assertThat(record.attempts().stream().map(PictureRecord.Attempt::seed).distinct())
                .hasSameSizeAs(record.attempts());
        double best = record.attempts().stream()
                .mapToDouble(PictureRecord.Attempt::quality)
                .max()
                .orElseThrow();
        assertThat(record.attempts().get(record.chosen()).quality()).isEqualTo(best);
    }

    @Test
    void anotherBatchDoesNotGoIntoTheSameFolder() throws IOException {
        var settings = Settings.defaults();
        run(plan("[\"a star\"]", settings), settings, folder, BatchListener.NONE);
        assertThatThrownBy(() -> run(plan("[\"a moon\"]", settings), settings, folder, BatchListener.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("another batch");
    }

    @Test
    void impossibleJobsAreToldBeforeAnythingIsDrawn() {
        var settings = Settings.defaults();
        assertThatThrownBy(() -> plan("[{\"prompt\": \"a star\", \"size\": 17}]", settings))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("prompt 1 ('a star')");
        assertThatThrownBy(() -> plan("[\"x\", {\"prompt\": \"a\", \"quality\": \"fine\"}]", settings))
                .hasMessageContaining("there is no preset 'fine'");
        assertThatThrownBy(() -> plan("[\"x\", \"" + "heart ".repeat(3000) + "\"]", settings))
                .hasMessageContaining("prompt 2 ('heart")
                .hasMessageContaining("tokens");
        assertThatThrownBy(() -> plan("[{\"prompt\": \"a\", \"formats\": [\"gif\"]}]", settings))
                .hasMessageContaining("png, jpg, webp");
    }
}
