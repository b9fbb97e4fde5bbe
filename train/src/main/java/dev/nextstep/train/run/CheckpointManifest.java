package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The list of a checkpoint's files with their lengths and checksums, which tells a whole one from a torn one.
 *
 * @param step steps done
 * @param metrics as they were saved
 * @param files by name
 */
record CheckpointManifest(long step, Map<String, Double> metrics, Map<String, Entry> files) {
    static final String FILE = "checkpoint.json";
    private static final String OWN_CHECKSUM = "crc32c";
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @param bytes length of the file
     * @param crc32c its checksum
     */
    record Entry(long bytes, long crc32c) {}

    /** Measures the files of a folder. */
    static CheckpointManifest of(Path folder, Checkpoint checkpoint) throws IOException {
        var files = new LinkedHashMap<String, Entry>();
        try (var paths = Files.list(folder)) {
            for (Path file : paths.sorted().toList()) {
                files.put(file.getFileName().toString(), measure(file));
            }
        }
        return new CheckpointManifest(checkpoint.step(), checkpoint.metrics(), files);
    }

    private static Entry measure(Path file) throws IOException {
        var crc = new CRC32C();
        long bytes = 0;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocateDirect(1 << 20);
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer.clear())) {
                crc.update(buffer.flip());
                bytes += n;
            }
        }
        return new Entry(bytes, crc.getValue());
    }

    String text() throws IOException {
        var root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("step", step);
        var values = root.putObject("metrics");
        metrics.forEach(values::put);
        var list = root.putObject("files");
        files.forEach((name, entry) ->
                list.putObject(name).put("bytes", entry.bytes()).put("crc32c", Long.toHexString(entry.crc32c())));
        root.put(OWN_CHECKSUM, ownChecksum(root));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** Of all that this list says but its own checksum. */
    private static String ownChecksum(JsonNode root) throws IOException {
        var rest = root.<ObjectNode>deepCopy();
        rest.remove(OWN_CHECKSUM);
        var crc = new CRC32C();
        crc.update(MAPPER.writeValueAsBytes(rest));
        return Long.toHexString(crc.getValue());
    }

    /** Reads the manifest of a folder. */
    static CheckpointManifest read(Path folder) throws IOException {
        var root = MAPPER.readTree(folder.resolve(FILE).toFile());
        if (!root.isObject()) {
            throw new IOException(FILE + " is no JSON object");
        }
        if (!root.path("format").canConvertToInt() || root.path("format").intValue() != FORMAT) {
            throw new IOException("its format is " + root.path("format") + ", this program reads format " + FORMAT);
        }
        if (!ownChecksum(root).equals(root.path(OWN_CHECKSUM).asText())) {
            throw new IOException("the checksum of " + FILE + " is wrong");
        }
        var metrics = new LinkedHashMap<String, Double>();
        for (var entry : root.path("metrics").properties()) {
            metrics.put(entry.getKey(), entry.getValue().asDouble(Double.NaN));
        }
        var files = new LinkedHashMap<String, Entry>();
        for (var entry : root.path("files").properties()) {
            files.put(entry.getKey(), entry(entry.getKey(), entry.getValue()));
        }
        if (files.isEmpty() || !root.path("step").canConvertToLong()) {
            throw new IOException("it names no step or no files");
        }
        return new CheckpointManifest(root.path("step").longValue(), metrics, files);
    }

    private static Entry entry(String name, JsonNode node) throws IOException {
        try {
            return new Entry(
                    node.path("bytes").longValue(),
                    Long.parseLong(node.path("crc32c").asText(), 16));
        } catch (NumberFormatException e) {
            throw new IOException("the checksum of " + name + " is no hexadecimal number", e);
        }
    }

    /** What is wrong with the files of a folder; empty if nothing is. */
    Optional<String> damage(Path folder) throws IOException {
        for (var entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.isRegularFile(file)) {
                return Optional.of(entry.getKey() + " is missing");
            }
            if (Files.size(file) != entry.getValue().bytes()) {
                return Optional.of("%s has %d bytes, %d were written"
                        .formatted(
                                entry.getKey(),
                                Files.size(file),
                                entry.getValue().bytes()));
            }
            if (!measure(file).equals(entry.getValue())) {
                return Optional.of("the checksum of " + entry.getKey() + " is wrong");
            }
        }
        return Optional.empty();
    }
}
