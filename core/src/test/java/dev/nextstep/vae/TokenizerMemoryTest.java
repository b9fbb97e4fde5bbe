package dev.nextstep.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.vae.ImageTokenizer.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the estimates to the truth: a JVM with little more heap than that must do, one with much less must not. */
class TokenizerMemoryTest {
    private static final int SIDE = 448;
    private static final long STRIPS = 8L << 20;
    private static final long WHOLE = 1L << 30;
    // Young generation, classes, the small weights with their panels, one tile per thread.
    private static final long BESIDES = 26L << 20;

    /** Encodes and decodes one picture; arguments: working memory, "encode" or "decode". */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (var team = ThreadTeam.of(2)) {
                var tokenizer = tokenizer(team, Long.parseLong(arguments[0]));
                if (arguments[1].equals("encode")) {
                    tokenizer.encode(Planes.zeros(3, SIDE, SIDE));
                } else {
                    tokenizer.decode(Planes.zeros(4, SIDE / 8, SIDE / 8));
                }
                System.out.println("done");
            }
        }
    }

    private static ImageTokenizer tokenizer(ThreadTeam team, long workingMemory) {
        return ImageTokenizer.load(
                RandomVae.config(32, 1, 1, 2, 2, 2),
                new RandomVae("", 1),
                team,
                new Options(Precision.FP32, CodeGeneration.AUGUST_2025, workingMemory));
    }

    @Test
    void estimatesHold() throws IOException, InterruptedException {
        try (var team = ThreadTeam.of(1)) {
            long whole = tokenizer(team, WHOLE).decodeBytes(SIDE, SIDE);
            long strips = tokenizer(team, STRIPS).decodeBytes(SIDE, SIDE);
            assertThat(strips).as("strips take less").isLessThan(whole * 2 / 3);
            assertThat(fits(WHOLE, "decode", whole))
                    .as("decode in %d bytes", whole)
                    .isTrue();
            assertThat(fits(STRIPS, "decode", strips))
                    .as("decode in strips in %d bytes", strips)
                    .isTrue();
            assertThat(fits(WHOLE, "decode", strips))
                    .as("decode whole in the memory of strips")
                    .isFalse();
            long encode = tokenizer(team, STRIPS).encodeBytes(SIDE, SIDE);
            assertThat(fits(STRIPS, "encode", encode))
                    .as("encode in strips in %d bytes", encode)
                    .isTrue();
        }
    }

    private static boolean fits(long workingMemory, String what, long bytes) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-Xmn4m",
                        "-Xmx" + (bytes + BESIDES),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        Long.toString(workingMemory),
                        what)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean done = process.waitFor() == 0 && output.contains("done");
        assertThat(done || output.contains("OutOfMemoryError")).as(output).isTrue();
        return done;
    }
}
