package dev.nextstep.workflow.batch;

import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Draws in several processes. What is left to do stands in the journal, which only this process writes; each worker is lent some
 * pictures, for as long as it gives signs of life. A worker that ends, or is silent for longer than the lease and is ended
 * therefore, loses its pictures to the others, and another is begun in its place. The pictures are those of a single process:
 * each depends on nothing but its own request.
 */
public final class WorkerPool implements PictureSource {
    /** Ends of workers that had a picture, after which that is given up: it may be what ends them. */
    private static final int MOST_DEATHS = 5;

    /** Workers in a row that end before they can draw, after which none is begun any more. */
    private static final int MOST_FALSE_STARTS = 3;

    private static final long POLL_MILLIS = 100;

    private final ProcessStarter starter;
    private final int workers;
    private final int together;
    private final Duration lease;
    private final Cancellation cancellation;

    private final BlockingQueue<WorkerProcess.Event> events = new LinkedBlockingQueue<>();
    private final List<WorkerProcess> alive = new ArrayList<>();
    private final Deque<PlannedPicture> pending = new ArrayDeque<>();
    private final Map<Integer, Integer> deaths = new HashMap<>();
    private int open;
    private int falseStarts;

    /** Begins a worker. */
    @FunctionalInterface
    public interface ProcessStarter {
        /** A process that runs {@link BatchWorker} on its standard streams. */
        Process start() throws IOException;
    }

    /**
     * A pool.
     *
     * @param workers how many processes at most
     * @param together pictures that each has at a time
     * @param lease how long a worker may be silent
     */
    public WorkerPool(ProcessStarter starter, int workers, int together, Duration lease, Cancellation cancellation) {
        this.starter = starter;
        this.workers = workers;
        this.together = together;
        this.lease = lease;
        this.cancellation = cancellation;
    }

    @Override
    public void draw(List<PlannedPicture> left, Sink sink) throws IOException {
        pending.addAll(left);
        open = left.size();
        try {
            while (open > 0) {
                cancellation.check();
                while (alive.size() < Math.min(workers, open) && !pending.isEmpty()) {
                    alive.add(WorkerProcess.begin(starter.start(), events));
                }
                var event = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    handle(event, sink);
                }
                for (var worker : alive) {
                    worker.endIfSilentFor(lease);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            alive.forEach(WorkerProcess::end);
        }
    }

    private void handle(WorkerProcess.Event event, Sink sink) throws IOException {
        var worker = event.worker();
        if (!alive.contains(worker)) {
            return;
        }
        if (event.message().isEmpty()) {
            lose(worker, sink);
            return;
        }
        worker.isAlive();
        switch (event.message().get()) {
            case WorkerMessage.Beat() -> {}
            case WorkerMessage.Ready() -> {
                falseStarts = 0;
                worker.isReady();
                feed(worker);
            }
            case WorkerMessage.Made(var record) -> {
                if (worker.isDone(record.index())) {
                    finish(record, sink);
                }
                feed(worker);
            }
            case WorkerMessage.Fatal(var reason) -> throw new IOException(reason);
        }
    }

    private void finish(PictureRecord record, Sink sink) throws IOException {
        open--;
        sink.accept(record);
    }

    private void feed(WorkerProcess worker) {
        while (worker.lent() < together && !pending.isEmpty()) {
            worker.lend(pending.removeFirst());
        }
    }

    private void lose(WorkerProcess worker, Sink sink) throws IOException {
        cancellation.check(); // Ctrl-C ends the workers too
        alive.remove(worker);
        worker.end();
        if (!worker.wasReady() && ++falseStarts >= MOST_FALSE_STARTS) {
            throw new IOException("%d workers in a row ended before they could draw, the last with code %d"
                    .formatted(MOST_FALSE_STARTS, worker.exitCode()));
        }
        for (var picture : worker.takeBack()) {
            if (deaths.merge(picture.index(), 1, Integer::sum) < MOST_DEATHS) {
                pending.addFirst(picture);
            } else {
                String reason = "%d workers ended while they had it, the last with code %d"
                        .formatted(MOST_DEATHS, worker.exitCode());
                finish(new PictureRecord(picture.index(), List.of(), List.of(), -1, 0, Optional.of(reason)), sink);
            }
        }
        for (var other : alive) {
            if (other.wasReady()) {
                feed(other);
            }
        }
    }
}
