package dev.nextstep.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackByTheFormat() throws IOException {
        var values = new LinkedHashMap<String, Double>();
        values.put("loss", 0.25);
        values.put("image_loss/t 0.1-0.2", Double.NaN);
        var png = new byte[300];
        png[299] = -1;
        var time = Instant.parse("2026-02-03T04:05:06.789Z");
        try (var log = TensorBoardLog.open(folder.resolve("tb"), 1000)) {
            log.record(new Measurement(1010, time, Measurement.Phase.TRAIN, values));
            log.record(new Measurement(1L << 40, time, Measurement.Phase.VALIDATION, Map.of("loss", -1e-3)));
            log.picture(1020, "samples/heart", new SamplePicture("a heart", png, 64, 32));
        }
        List<Path> files;
        try (var list = Files.list(folder.resolve("tb"))) {
            files = list.toList();
        }
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFileName().toString()).startsWith("events.out.tfevents.");
        var events = EventFile.read(files.getFirst());
        assertThat(events).hasSize(5);
        assertThat(events.get(0).text(3)).isEqualTo("brain.Event:2");
        assertThat(events.get(1).one(2)).isEqualTo(1001L);
        assertThat(events.get(1).message(7).one(1)).isEqualTo(1L);
        assertThat((double) events.get(2).one(1)).isCloseTo(time.toEpochMilli() / 1e3, within(1e-6));
        assertThat(events.get(2).one(2)).isEqualTo(1010L);
        var scalars = new HashMap<String, Object>();
        events.get(2).message(5).messages(1).forEach(v -> scalars.put(v.text(1), v.one(2)));
        assertThat(scalars)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("train/loss", 0.25f, "train/image_loss/t 0.1-0.2", Float.NaN));
        assertThat(events.get(3).one(2)).isEqualTo(1L << 40);
        var image = events.get(4).message(5).message(1);
        assertThat(image.text(1)).isEqualTo("samples/heart");
        assertThat(image.message(4).one(1)).isEqualTo(32L);
        assertThat(image.message(4).one(2)).isEqualTo(64L);
        assertThat(image.message(4).one(4)).isEqualTo(png);
    }
}
