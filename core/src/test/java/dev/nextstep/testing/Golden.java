package dev.nextstep.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Golden values: numbers that the official code produced. The folder is the system property {@code golden.dir}; tests
 * find their cases in it and know nothing of sizes, counts or names, so that any set of the same layout runs through
 * them.
 */
public final class Golden {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Golden() {}

    /** The folder of all golden values. */
    public static Path root() {
        String root = System.getProperty("golden.dir");
        assertThat(root).as("system property golden.dir").isNotNull();
        return Path.of(root);
    }

    /** A folder of golden values, such as {@code lm/tokenizer}; a missing one fails the test. */
    public static Path folder(String name) {
        Path folder = root().resolve(name);
        assumeFalse(isLeftOut(name), name + " is left out of this selection");
        assertThat(folder).as("golden values").isDirectory();
        return folder;
    }

    /**
     * Whether a selection of golden values says in {@code selection.json} that it left something out: a folder, or a
     * kind of files in it ({@code folder/*ending}). Silence would hide a lost folder.
     */
    public static boolean isLeftOut(String name) {
        Path selection = Path.of(System.getProperty("golden.dir", "")).resolve("selection.json");
        if (!Files.exists(selection)) {
            return false;
        }
        for (var leftOut : json(selection).get("leftOut")) {
            if (leftOut.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** A JSON file. */
    public static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of a folder whose name ends so, sorted; at least one, or the test fails. */
    public static List<Path> files(Path folder, String ending) {
        try (var entries = Files.list(folder)) {
            var found = entries.filter(p -> p.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
            assertThat(found).as("cases *%s in %s", ending, folder).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Largest absolute difference; the lengths must agree. A NaN counts as infinitely far. */
    public static double maxDifference(float[] actual, float[] expected) {
        assertThat(actual.length).as("number of values").isEqualTo(expected.length);
        double max = 0;
        for (int i = 0; i < actual.length; i++) {
            double d = Math.abs((double) actual[i] - expected[i]);
            max = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(max, d);
        }
        return max;
    }

    /** Root of the mean squared difference; the lengths must agree. */
    public static double rmsDifference(float[] actual, float[] expected) {
        assertThat(actual.length).as("number of values").isEqualTo(expected.length);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double d = (double) actual[i] - expected[i];
            sum += d * d;
        }
        return Math.sqrt(sum / Math.max(1, actual.length));
    }
}
