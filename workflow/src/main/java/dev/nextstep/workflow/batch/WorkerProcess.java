package dev.nextstep.workflow.batch;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker as its {@link WorkerPool} sees it; used by one thread. */
final class WorkerProcess {
    private static final long END_SECONDS = 5;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final BufferedWriter orders;
    private final Map<Integer, PlannedPicture> lent = new LinkedHashMap<>();
    private long heard = System.nanoTime();
    private boolean ready;

    /**
     * Something happened.
     *
     * @param message what it told; empty if it has ended
     */
    record Event(WorkerProcess worker, Optional<WorkerMessage> message) {}

    private WorkerProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter();
    }

    /** A worker whose messages go to a queue, its end last. */
    static WorkerProcess begin(Process process, BlockingQueue<Event> events) {
        var worker = new WorkerProcess(process);
        var listener =
                Thread.ofPlatform().daemon().name("worker-" + process.pid()).start(() -> worker.listen(events));
        Thread.ofPlatform().daemon().name("end-" + process.pid()).start(() -> worker.awaitEnd(listener, events));
        return worker;
    }

    private void listen(BlockingQueue<Event> events) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var message = WorkerMessage.of(line);
                if (message.isPresent()) {
                    events.add(new Event(this, message));
                }
            }
        } catch (IOException e) {
            // its end is told by who waits for it
        }
    }

    /** Its end is that of the process: something that it began may hold the other end of the pipe for longer. */
    private void awaitEnd(Thread listener, BlockingQueue<Event> events) {
        try {
            process.waitFor();
            listener.join(LAST_WORDS); // they stand in the pipe
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.add(new Event(this, Optional.empty()));
    }

    void isAlive() {
        heard = System.nanoTime();
    }

    void isReady() {
        ready = true;
    }

    boolean wasReady() {
        return ready;
    }

    int lent() {
        return lent.size();
    }

    void lend(PlannedPicture picture) {
        lent.put(picture.index(), picture);
        try {
            orders.write(picture.index() + "\n");
            orders.flush();
        } catch (IOException e) {
            // It has ended, and its listener says so in a moment.
        }
    }

    /** A picture is back; whether it was lent. */
    boolean isDone(int index) {
        return lent.remove(index) != null;
    }

    /** Pictures that are lost, the last lent first. */
    List<PlannedPicture> takeBack() {
        var back = new ArrayList<>(lent.values());
        lent.clear();
        return back.reversed();
    }

    /** Ends it if nothing was heard of it for so long; while it opens the model it may be silent. */
    void endIfSilentFor(Duration lease) {
        if (ready && System.nanoTime() - heard > lease.toNanos()) {
            process.destroyForcibly();
        }
    }

    /** Closes its input, which ends it, and waits; what does not end is ended. */
    void end() {
        try {
            orders.close();
        } catch (IOException e) {
            // it has ended
        }
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }
}
