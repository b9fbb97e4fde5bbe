package dev.nextstep.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches in several processes; with more kills: {@code workflow/src/test/scripts/kill-batch}. */
class WorkersTest {
    private static final int PROMPTS = 24;

    @TempDir
    Path folder;

    @Test
    void aKilledWorkerIsReplacedAndThePicturesAreThoseOfOneProcess() throws IOException, InterruptedException {
        var list = folder.resolve("prompts.txt");
        Files.writeString(
                list, IntStream.range(0, PROMPTS).mapToObj(i -> "number " + i).collect(Collectors.joining("\n")));
        assertThat(Cli.onModel("batch", list, "--out", folder.resolve("one"), "--steps", "3", "--name", "{index}")
                        .code())
                .isZero();
        var process = Cli.start(
                folder,
                Cli.command(
                        "batch",
                        list,
                        "--out",
                        "two",
                        "--steps",
                        "3",
                        "--name",
                        "{index}",
                        "--workers",
                        "2",
                        "--together",
                        "2"));
        boolean isKilled = false;
        while (!isKilled && process.isAlive()) {
            var worker = process.children().findFirst();
            if (worker.isPresent() && Files.exists(folder.resolve("two/0002.png"))) {
                isKilled = worker.get().destroyForcibly();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("log.txt")))
                .isZero();
        assertThat(isKilled).isTrue();
        for (int i = 1; i <= PROMPTS; i++) {
            String name = "%04d.png".formatted(i);
            assertThat(folder.resolve("two").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
        }
        assertThat(folder.resolve("two/batch.journal.jsonl")).content().hasLineCount(PROMPTS + 1);
    }

    @Test
    void aWorkflowOfSeveralProcessesIsThatOfOne() throws IOException, InterruptedException {
        Object[] run = {"workflow", "run", "education", "topic=full moon", "level=beginner", "--quality", "draft"};
        assertThat(Cli.onModel(with(run, "--out", folder.resolve("one"))).code())
                .isZero();
        var process =
                Cli.start(folder, Cli.command(with(run, "--out", "two", "--zip", "--workers", "2", "--together", "1")));
        boolean workersWereSeen = false;
        while (process.isAlive()) {
            workersWereSeen |= process.children().findAny().isPresent();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        var said = Files.readString(folder.resolve("log.txt"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(workersWereSeen).isTrue();
        assertThat(said).containsOnlyOnce("short prompts are used");
        var pictures = new ArrayList<Path>();
        try (var files = Files.list(folder.resolve("one"))) {
            files.filter(file -> file.toString().endsWith(".png")).forEach(pictures::add);
        }
        assertThat(pictures).hasSize(3);
        for (var picture : pictures) {
            assertThat(folder.resolve("two").resolve(picture.getFileName())).hasSameBinaryContentAs(picture);
        }
        assertThat(folder.resolve("two/report.html"))
                .hasSameTextualContentAs(folder.resolve("one/report.html"), StandardCharsets.UTF_8);
        assertThat(folder.resolve("two.zip")).exists();
        assertThat(Cli.onModel(with(run, "--workers", "65")).last()).contains("--workers must be between 1 and 64");
    }

    private static Object[] with(Object[] some, Object... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray();
    }

    @Test
    void impossibleNumbersAreRefused() throws IOException {
        var list = Files.writeString(folder.resolve("p.txt"), "a star");
        assertThat(Cli.onModel("batch", list, "--out", folder, "--workers", "0").last())
                .contains("--workers must be between 1 and 64");
        assertThat(Cli.onModel("batch", list, "--out", folder, "--workers", "2", "--lease", "0")
                        .last())
                .contains("--lease must be between 1 and 3600");
        assertThat(Cli.onModel("batch", list, "--out", folder, "--repair").last())
                .contains("--repair draws again what is below --min-quality");
    }

    @Test
    void aBenchmarkSaysTimeAndQuality() {
        var result = Cli.onModel("benchmark", "--quality", "draft", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("average_seconds", "pictures_per_minute", "average_quality", "average_published_quality")
                .contains("a red heart", "a sailboat");
    }

    @Test
    void littleMemoryIsSaid() throws IOException {
        var list = Files.writeString(folder.resolve("p.txt"), "a star");
        var result = Cli.onModel("batch", list, "--out", folder.resolve("low"), "--steps", "2", "--low-memory");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("low memory: keys and values in q8, pixels in strips of", "one picture at a time");
        assertThat(folder.resolve("low/0001-a-star.json")).content().contains("q8");
    }

    @Test
    void withLittleMemoryTheHeapIsCollectedAfterEachPicture() throws IOException {
        var list = Files.writeString(folder.resolve("p.txt"), "a star\na moon\na cat");
        long before = fullCollections();
        Object[] batch = {"batch", list, "--steps", "2", "--out"};
        assertThat(Cli.onModel(with(batch, folder.resolve("low"), "--low-memory"))
                        .code())
                .isZero();
        assertThat(fullCollections()).isGreaterThanOrEqualTo(before + 3);
    }

    private static long fullCollections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> collector.getName().matches(".*(Old|MarkSweep).*"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
