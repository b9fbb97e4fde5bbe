package dev.nextstep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every target with its seeds, with what campaigns once found ({@code src/test/resources/fuzz/TARGET}), and with some
 * thousand mutations of both. Campaigns guided by coverage are run by {@code fuzz/run}.
 */
class FuzzRegressionTest {
    private static final int ROUNDS = 3000;
    private static final long LONGEST_MILLIS = 3000;

    @BeforeAll
    static void quiet() {
        // Thousands of odd files would bring thousands of warnings.
        System.setProperty("org.slf4j.simpleLogger.log.dev.nextstep", "error");
    }

    @TestFactory
    Stream<DynamicTest> targets() {
        return FuzzTargets.names().stream().map(name -> DynamicTest.dynamicTest(name, () -> run(name)));
    }

    private static void run(String name) throws IOException {
        FuzzTarget target = FuzzTargets.named(name);
        List<byte[]> inputs = new ArrayList<>(target.seeds());
        inputs.addAll(found(name));
        int accepted = 0;
        for (byte[] input : inputs) {
            accepted += accepts(target, input, "input") ? 1 : 0;
        }
        // A target whose good seeds are refused would test nothing but its first check.
        assertThat(accepted).as("accepted seeds").isPositive();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
        for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
            byte[] mutated = mutate(inputs, random);
            accepts(target, mutated, "seed " + seed + ", round " + round);
        }
    }

    private static boolean accepts(FuzzTarget target, byte[] input, String what) {
        try {
            return FuzzRun.accepts(target, input);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(input), e);
        }
    }

    private static List<byte[]> found(String name) throws IOException {
        Path folder = Path.of("src/test/resources/fuzz", name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted().map(FuzzRegressionTest::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] mutate(List<byte[]> inputs, Random random) {
        byte[] bytes = inputs.get(random.nextInt(inputs.size())).clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                case 3 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
                case 4 -> bytes = Arrays.copyOf(bytes, random.nextBoolean() ? at : bytes.length + random.nextInt(16));
                default -> {
                    byte[] other = inputs.get(random.nextInt(inputs.size()));
                    int from = random.nextInt(other.length + 1);
                    int length = Math.min(random.nextInt(64), Math.min(other.length - from, bytes.length - at));
                    System.arraycopy(other, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
