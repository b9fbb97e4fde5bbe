package dev.nextstep.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.train.metrics.JsonlLog;
import dev.nextstep.train.metrics.Measurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are told to end, and killed. */
class KilledRunTest {

    @TempDir
    Path folder;

    @Test
    void killedAndToldToEndARunStillEndsWithTheSameBits() throws IOException, InterruptedException {
        var whole = RunFolder.create(folder.resolve("whole"), "toy", "");
        new TrainingLoop(whole, TrainingLoopTest.settings(StopConditions.steps(TrainingLoopTest.STEPS)), new ToyTask())
                .run(step -> JsonlLog.open(whole.metrics(), step), new StopRequest());

        Path root = folder.resolve("killed");
        var killed = start(root, 20);
        await(killed, "step 17");
        killed.destroyForcibly().waitFor();

        var told = start(root, 20);
        await(told, "step 33");
        assertThat(told.toHandle().destroy()).isTrue();
        var rest = new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(told.waitFor()).as("exit code of SIGTERM").isEqualTo(143);
        assertThat(rest).contains("ended: REQUESTED");

        var last = start(root, 0);
        var output = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(last.waitFor()).isZero();
        assertThat(output).contains("ended: STEPS").doesNotContain("step 32\n");

        for (var part : List.of("weights", "optimizer", "ema")) {
            assertThat(Files.readAllBytes(newest(root).resolve(part + ".safetensors")))
                    .as(part)
                    .isEqualTo(Files.readAllBytes(newest(whole.root()).resolve(part + ".safetensors")));
        }
        // Whoever reads the log sees one run, without times and rates that differ.
        assertThat(losses(RunFolder.open(root))).isEqualTo(losses(whole));
    }

    private static List<String> losses(RunFolder run) {
        return JsonlLog.read(run.metrics()).stream()
                .filter(m -> m.phase() == Measurement.Phase.VALIDATION)
                .map(m -> m.step() + " " + m.values().get("loss"))
                .toList();
    }

    private static Path newest(Path root) {
        return RunFolder.open(root).checkpoints().list().getLast().folder();
    }

    private static Process start(Path root, long millis) throws IOException {
        var classes = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.openblas.load=" + System.getProperty("org.bytedeco.openblas.load", ""),
                        "-cp",
                        classes,
                        ToyRun.class.getName(),
                        root.toString(),
                        String.valueOf(millis))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void await(Process process, String text) throws IOException {
        var seen = new StringBuilder();
        var out = process.getInputStream();
        for (int c = out.read(); c >= 0; c = out.read()) {
            seen.append((char) c);
            if (seen.indexOf(text + "\n") >= 0) {
                return;
            }
        }
        throw new AssertionError("ended before '" + text + "': " + seen);
    }
}
