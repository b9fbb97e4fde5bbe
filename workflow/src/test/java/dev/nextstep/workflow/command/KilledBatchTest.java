package dev.nextstep.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose process is killed without warning, again and again, ends with the pictures of one that was left alone. */
class KilledBatchTest {
    /** More by {@code -Dbatch.kills} and {@code -Dbatch.prompts}, for docs/workflows.md. */
    private static final int KILLS = Integer.getInteger("batch.kills", 3);

    private static final int PROMPTS = Integer.getInteger("batch.prompts", 30);
    private static final String[] THINGS = {"a red heart", "a cat", "a star", "a dog", "pizza", "a house"};

    @TempDir
    Path folder;

    @Test
    void everyPictureOnceAndTheSameBytes() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.printf("%d prompts, %d kills, seed of the moments: %d%n", PROMPTS, KILLS, seed);
        var random = new Random(seed);
        var list = folder.resolve("prompts.txt");
        Files.writeString(
                list,
                IntStream.range(0, PROMPTS)
                        .mapToObj(i -> "%s, number %d".formatted(THINGS[i % THINGS.length], i))
                        .collect(Collectors.joining("\n")));
        assertThat(batch(list, "whole").waitFor()).isZero();

        int killed = 0;
        int tries = 0;
        while (killed < KILLS) {
            var process = batch(list, "killed");
            int before = done("killed");
            // After a few pictures, at a moment that may be in the middle of a file.
            int wanted = before + 1 + random.nextInt(2 * PROMPTS / KILLS);
            while (process.isAlive() && done("killed") < wanted) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
            if (process.isAlive()) {
                process.destroyForcibly().waitFor();
                killed++;
            } else {
                assertThat(process.waitFor()).isZero();
                // All is done before the last kill: take some away, as a user might.
                for (int i = 0; i < PROMPTS / 2; i++) {
                    Files.deleteIfExists(folder.resolve("killed").resolve(name(random.nextInt(PROMPTS))));
                }
            }
            assertThat(++tries).isLessThan(10 * KILLS);
        }
        assertThat(batch(list, "killed").waitFor()).isZero();

        var manifest = new ObjectMapper()
                .readTree(folder.resolve("killed/manifest.json").toFile());
        assertThat(manifest.path("done").asInt()).isEqualTo(PROMPTS);
        var seen = new HashSet<Integer>();
        manifest.path("results")
                .forEach(r -> assertThat(seen.add(r.path("index").asInt())).isTrue());
        assertThat(seen).hasSize(PROMPTS);
        for (int i = 0; i < PROMPTS; i++) {
            assertThat(folder.resolve("killed").resolve(name(i)))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(name(i)));
        }
    }

    private Process batch(Path list, String out) throws IOException {
        return Cli.start(folder, Cli.command("batch", list, "--out", out, "--steps", "2", "--threads", "1"));
    }

    private static String name(int i) {
        return "%04d-%s-number-%d.png".formatted(i + 1, THINGS[i % THINGS.length].replace(' ', '-'), i);
    }

    private int done(String out) throws IOException {
        var journal = folder.resolve(out).resolve("batch.journal.jsonl");
        if (!Files.exists(journal)) {
            return 0;
        }
        try (var lines = Files.lines(journal, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return (int) lines.count();
        }
    }
}
