package dev.nextstep.workflow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.DrawingSettings;
import dev.nextstep.NextStep;
import dev.nextstep.data.DataException;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
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

    private static final class Shipped implements BatchPlan.Model {
        @Override
        public DrawingSettings defaults() {
            return model.generateDefaults();
        }

        @Override
        public String weightsHash() {
            return model.weightsHash();
        }

        @Override
        public void requireSize(int width, int height) {
            model.requireSize(width, height);
        }
    }

    private static BatchPlan plan(String jobs, Settings settings) {
        return BatchPlan.of(JobReader.read(jobs, JobReader.Form.YAML, "jobs.json"), settings, new Shipped(), 5);
    }

    private static List<PictureRecord> run(BatchPlan plan, Settings settings, Path out, BatchListener listener)
            throws IOException {
        return new BatchRun(model, plan, settings, BatchRun.folder(out), listener, new Cancellation()).run();
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
        assertThat(Files.readString(folder.resolve(Manifest.FILE))).contains("\"done\" : 7", "\"failed\" : 0");
    }

    @Test
    void aBatchThatIsEndedAtRandomMomentsMakesTheSamePictures() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var settings = Settings.defaults();
        var plan = plan(JOBS, settings);
        run(plan, settings, folder.resolve("whole"), BatchListener.NONE);

        var broken = BatchRun.folder(folder.resolve("broken"));
        int ended = 0;
        List<PictureRecord> records = List.of();
        while (records.isEmpty()) {
            var cancellation = new Cancellation();
            int after = random.nextInt(3);
            var listener = new BatchListener() {
                private int seen;

                @Override
                public void finished(PictureRecord record, int done, int total, Optional<Duration> remaining) {
                    if (seen++ == after) {
                        cancellation.cancel();
                    }
                }
            };
            try {
                records = new BatchRun(model, plan, settings, broken, listener, cancellation).run();
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
        var drawn = new java.util.ArrayList<Integer>();
        run(plan, settings, folder, new BatchListener() {
            @Override
            public void finished(PictureRecord record, int done, int total, Optional<Duration> remaining) {
                drawn.add(record.index());
            }
        });
        assertThat(drawn).containsExactly(1);
        assertThat(pictures(folder)).isEqualTo(before);
    }

    @Test
    void whatCannotBeDrawnIsTriedAgainAndListed() throws IOException {
        var settings = Settings.defaults().withFlag(SettingKey.RETRIES, "--retries", "1");
        var plan = plan("[\"a star\", \"" + "heart ".repeat(3000) + "\", \"a moon\"]", settings);
        var again = new java.util.ArrayList<Integer>();
        var records = run(plan, settings, folder, new BatchListener() {
            @Override
            public void again(PlannedPicture picture, String reason) {
                again.add(picture.index());
            }
        });
        assertThat(records).extracting(PictureRecord::isDone).containsExactly(true, false, true);
        assertThat(records.get(1).failure().orElseThrow()).contains("tokens");
        assertThat(again).isNotEmpty().containsOnly(1);
        assertThat(Files.readString(folder.resolve(Manifest.FILE))).contains("\"failed\" : 1");
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
        assertThatThrownBy(() -> plan("[{\"prompt\": \"a\", \"formats\": [\"gif\"]}]", settings))
                .hasMessageContaining("png, jpg, webp");
    }
}
