package dev.nextstep.train.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.DataFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A log of measurements, one JSON object a line, such as
 *
 * <pre>
 * {"step":10,"time":"2026-01-31T12:00:00Z","phase":"train","loss":0.52,"grad_norm":1.3}
 * </pre>
 *
 * A number that is not finite is null.
 */
public final class JsonlLog implements MetricSink {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FileChannel channel;

    private JsonlLog(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens a log to append to. Lines beyond the step, which a killed run wrote after its last checkpoint, and a last
     * line that is torn are taken out first: the resumed run writes them again.
     *
     * @param file made if it is not there; its folder must be
     * @param step at which the run goes on
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static JsonlLog open(Path file, long step) {
        try {
            if (Files.exists(file)) {
                var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                var kept = lines.stream()
                        .filter(l -> parse(l).filter(m -> m.step() <= step).isPresent())
                        .toList();
                if (kept.size() < lines.size()) {
                    DataFiles.write(file, kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
                }
            }
            return new JsonlLog(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a log; lines that are no measurements are left out.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static List<Measurement> read(Path file) {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            var measurements = new ArrayList<Measurement>();
            lines.forEach(l -> parse(l).ifPresent(measurements::add));
            return measurements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Measurement> parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!node.path("step").canConvertToLong()) {
                return Optional.empty();
            }
            var values = new LinkedHashMap<String, Double>();
            for (var entry : node.properties()) {
                if (!List.of("step", "time", "phase").contains(entry.getKey())) {
                    values.put(entry.getKey(), entry.getValue().asDouble(Double.NaN));
                }
            }
            return Optional.of(new Measurement(
                    node.path("step").asLong(),
                    Instant.parse(node.path("time").asText()),
                    Measurement.Phase.valueOf(node.path("phase").asText().toUpperCase(Locale.ROOT)),
                    values));
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void record(Measurement measurement) {
        var node = MAPPER.createObjectNode();
        node.put("step", measurement.step());
        node.put("time", measurement.time().toString());
        node.put("phase", measurement.phase().name().toLowerCase(Locale.ROOT));
        measurement.values().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                node.put(name, value);
            } else {
                node.putNull(name);
            }
        });
        try {
            var bytes = ByteBuffer.wrap((node + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures are files of their own. */
    @Override
    public void picture(long step, String tag, SamplePicture picture) {}

    @Override
    public void progress(RunStatus status) {}

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
