package dev.nextstep.workflow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.GenerateRequest;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** How a pool deals with workers, which are shell scripts here: they draw nothing, and end as workers can. */
@DisabledOnOs(OS.WINDOWS)
class WorkerPoolTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String READY = "echo '{\"ready\":true}'; ";
    private static final String MADE =
            "echo \"{\\\"made\\\":{\\\"index\\\":$i,\\\"files\\\":[],\\\"attempts\\\":[]}}\"; ";

    private static WorkerPool.ProcessStarter script(String text, AtomicInteger started) {
        return () -> {
            started.incrementAndGet();
            return new ProcessBuilder("sh", "-c", text).start();
        };
    }

    private static List<PlannedPicture> pictures(int count) {
        var request = GenerateRequest.builder("a star").seed(1).build();
        return IntStream.range(0, count)
                .mapToObj(i -> new PlannedPicture(i, i, request, "standard", "p" + i, List.of("png")))
                .toList();
    }

    private static List<PictureRecord> draw(String script, Duration lease, int count, AtomicInteger started)
            throws IOException {
        var records = new ArrayList<PictureRecord>();
        new WorkerPool(script(script, started), 2, 2, lease, new Cancellation()).draw(pictures(count), records::add);
        return records;
    }

    @Test
    void everyPictureComesBackOnce() throws IOException {
        var records = draw(READY + "while read i; do " + MADE + "done", LONG, 20, new AtomicInteger());
        assertThat(records)
                .extracting(PictureRecord::index)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void whatADeadWorkerHadGoesToAnother() throws IOException {
        var started = new AtomicInteger();
        // Each makes two pictures and dies with one in its hands.
        var records = draw(READY + "read i; " + MADE + "read i; " + MADE + "read i; exit 9", LONG, 9, started);
        assertThat(records).hasSize(9).extracting(PictureRecord::index).doesNotHaveDuplicates();
        assertThat(records).allMatch(PictureRecord::isDone);
        assertThat(started.get()).isGreaterThan(3);
    }

    @Test
    void aSilentWorkerIsEndedAfterItsLease() throws IOException {
        var records = draw(READY + "exec sleep 600", Duration.ofMillis(300), 1, new AtomicInteger());
        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record.failure())
                        .hasValueSatisfying(
                                reason -> assertThat(reason).contains("5 workers ended while they had it")));
    }

    @Test
    void workersThatCannotBeginEndTheRun() {
        assertThatThrownBy(() -> draw("exit 7", LONG, 3, new AtomicInteger()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended before they could draw")
                .hasMessageContaining("code 7");
    }

    @Test
    void aFullDiskEndsTheRun() {
        String fatal = "echo '{\"fatal\":\"cannot write x.png: No space left on device\"}'; read i";
        assertThatThrownBy(() -> draw(READY + fatal, LONG, 3, new AtomicInteger()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write x.png: No space left on device");
    }

    @Test
    void aCancelledRunEndsItsWorkers() {
        var cancellation = new Cancellation();
        var begun = new ArrayList<Process>();
        WorkerPool.ProcessStarter starter = () -> {
            var process = new ProcessBuilder("sh", "-c", READY + "read i; cancelled=1; cat").start();
            begun.add(process);
            cancellation.cancel();
            return process;
        };
        assertThatThrownBy(() -> new WorkerPool(starter, 1, 1, LONG, cancellation).draw(pictures(1), record -> {}))
                .isInstanceOf(CancellationException.class);
        assertThat(begun)
                .singleElement()
                .satisfies(process -> assertThat(process.isAlive()).isFalse());
    }

    @Test
    void messagesSurviveTheirLines() {
        var record = new PictureRecord(
                3,
                List.of(new PictureRecord.WrittenFile("a/b.png", 5, "00ff")),
                List.of(new PictureRecord.Attempt(7, 0.5, 2)),
                0,
                1.5,
                Optional.empty());
        for (var message : List.of(
                new WorkerMessage.Ready(),
                new WorkerMessage.Beat(),
                new WorkerMessage.Made(record),
                new WorkerMessage.Fatal("\"no\"\nspace"))) {
            assertThat(message.line()).doesNotContain("\n");
            assertThat(WorkerMessage.of(message.line())).contains(message);
        }
        assertThat(WorkerMessage.of("{\"made\":{\"index\":3,\"fi")).isEmpty();
        assertThat(WorkerMessage.of("hello")).isEmpty();
    }
}
