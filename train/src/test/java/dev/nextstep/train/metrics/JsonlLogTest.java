package dev.nextstep.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlLogTest {
    @TempDir
    Path folder;

    private static Measurement at(long step, double loss) {
        return new Measurement(step, Instant.ofEpochSecond(step), Measurement.Phase.TRAIN, Map.of("loss", loss));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("metrics.jsonl");
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", 0.1);
        values.put("weird \"name\"\n", Double.POSITIVE_INFINITY);
        var measurement = new Measurement(3, Instant.ofEpochSecond(9), Measurement.Phase.VALIDATION, values);
        try (var log = JsonlLog.open(file, 0)) {
            log.record(at(1, 0.5));
            log.record(measurement);
        }
        var read = JsonlLog.read(file);
        assertThat(read).hasSize(2);
        assertThat(read.getFirst()).isEqualTo(at(1, 0.5));
        values.put("weird \"name\"\n", Double.NaN);
        assertThat(read.getLast())
                .isEqualTo(new Measurement(3, Instant.ofEpochSecond(9), Measurement.Phase.VALIDATION, values));
    }

    @Test
    void aResumedRunWritesAgainWhatCameAfterItsCheckpoint() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (var log = JsonlLog.open(file, 0)) {
            for (int step = 10; step <= 50; step += 10) {
                log.record(at(step, 1));
            }
        }
        Files.writeString(file, "{\"step\":60,\"ti", StandardOpenOption.APPEND);
        try (var log = JsonlLog.open(file, 30)) {
            log.record(at(40, 2));
        }
        assertThat(JsonlLog.read(file)).containsExactly(at(10, 1), at(20, 1), at(30, 1), at(40, 2));
        assertThat(Files.readAllLines(file)).hasSize(4);
    }
}
