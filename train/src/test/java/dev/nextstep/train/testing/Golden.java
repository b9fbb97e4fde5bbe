package dev.nextstep.train.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden values of training: the folder is the system property {@code golden.dir}. */
public final class Golden {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Golden() {}

    /**
     * A file of golden values. A missing one fails the test, unless {@code selection.json} says that the folder or the
     * file is left out of this selection: then the test is skipped.
     */
    public static Path file(String folder, String name) {
        String root = System.getProperty("golden.dir");
        assertThat(root).as("system property golden.dir").isNotNull();
        Path selection = Path.of(root).resolve("selection.json");
        if (Files.exists(selection)) {
            for (var leftOut : json(selection).get("leftOut")) {
                assumeFalse(
                        leftOut.asText().equals(folder) || leftOut.asText().equals(folder + "/" + name),
                        folder + "/" + name + " is left out of this selection");
            }
        }
        Path file = Path.of(root).resolve(folder).resolve(name);
        assertThat(file).as("golden values").isRegularFile();
        return file;
    }

    /** A JSON file. */
    public static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
