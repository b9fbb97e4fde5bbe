package dev.nextstep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs a program with vectors of another width, in a JVM of its own: the width of a JVM is fixed when it starts. */
public final class OtherWidth {
    private OtherWidth() {}

    /** What the main class prints with vectors of {@code bits} bits: 128, 256 or 512. */
    public static String run(int bits, Class<?> main) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Dnextstep.vectorBits=" + bits,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code with %d-bit vectors", bits).isZero();
        return output.strip();
    }
}
