package dev.nextstep.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static RunStatus status(long step, double progress, Duration trained) {
        return new RunStatus(step, progress, trained, 0.41234, 12.34, 45_678);
    }

    @Test
    void saysHowFarHowGoodHowFastAndHowLongStill() {
        assertThat(ConsoleProgress.text(status(1200, 0.25, Duration.ofMinutes(50))))
                .isEqualTo("step 1200, 25.0 %, loss 0.4123, 12.3 samples/s, 46k tokens/s, 2 h 30 min left");
        assertThat(ConsoleProgress.text(status(1, 0, Duration.ZERO))).endsWith("tokens/s");
        assertThat(ConsoleProgress.text(status(9, 1, Duration.ofHours(1)))).endsWith("tokens/s");
    }

    @Test
    void plainLinesAreNotTooMany() {
        var lines = new ArrayList<String>();
        var clock = new long[1];
        try (var progress = new ConsoleProgress(new PlainDisplay(lines::add, Duration.ofSeconds(10), () -> clock[0]))) {
            for (int step = 0; step < 100; step++) {
                progress.progress(status(step, step / 100.0, Duration.ofSeconds(step)));
                clock[0] += 1_000_000_000L;
            }
            progress.record(new Measurement(
                    50, Instant.EPOCH, Measurement.Phase.VALIDATION, Map.of("loss", 0.5, "loss/edit", 0.7)));
        }
        assertThat(lines).hasSize(11);
        assertThat(lines.getLast()).isEqualTo("step 50: validation loss 0.5000");
    }

    @Test
    void aTerminalShowsOneLineThatFits() {
        for (int columns : new int[] {20, 80, 100, 200}) {
            var written = new ArrayList<String>();
            try (var progress = new ConsoleProgress(new TerminalDisplay(written::add, () -> columns))) {
                progress.progress(status(1200, 0.5, Duration.ofMinutes(50)));
                progress.record(new Measurement(5, Instant.EPOCH, Measurement.Phase.VALIDATION, Map.of("loss", 0.5)));
            }
            assertThat(written).hasSize(3);
            assertThat(written.getFirst()).startsWith("\r\033[K").doesNotContain("\n");
            assertThat(written.getFirst().length()).isLessThan(columns + 4);
            assertThat(written.getFirst().contains("[####")).isEqualTo(columns >= 100);
            assertThat(written.get(1)).contains("validation loss 0.5000" + System.lineSeparator());
            assertThat(List.of("\r\033[K")).contains(written.getLast());
        }
    }
}
