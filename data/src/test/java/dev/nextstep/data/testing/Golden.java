package dev.nextstep.data.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Golden values: what the official code produced. The folder is the system property {@code golden.dir}; tests find their
 * cases in it, so that any set of the same layout runs through them.
 */
public final class Golden {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Golden() {}

    /** A folder of golden values; one that is missing fails the test, unless the selection says that it is left out. */
    public static Path folder(String name) {
        String root = System.getProperty("golden.dir");
        assertThat(root).as("system property golden.dir").isNotNull();
        Path selection = Path.of(root).resolve("selection.json");
        if (Files.exists(selection)) {
            for (var leftOut : json(selection).get("leftOut")) {
                assumeFalse(leftOut.asText().equals(name), name + " is left out of this selection");
            }
        }
        Path folder = Path.of(root).resolve(name);
        assertThat(folder).as("golden values").isDirectory();
        return folder;
    }

    /** A JSON file. */
    public static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of whole numbers. */
    public static int[] ints(JsonNode list) {
        var out = new int[list.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.get(i).asInt();
        }
        return out;
    }

    /** A list of texts. */
    public static List<String> texts(JsonNode list) {
        var out = new ArrayList<String>();
        list.forEach(node -> out.add(node.asText()));
        return out;
    }
}
