package dev.nextstep.hub;

import java.time.Duration;
import java.util.ArrayDeque;

/** Adds up what the threads of a pull report and tells the listener, one call at a time. */
final class ProgressMeter {
    private static final long PERIOD_NANOS = 100_000_000;
    private static final long WINDOW_NANOS = 5_000_000_000L;

    private record Sample(long nanos, long received) {}

    private final PullListener listener;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private int filesDone;
    private int filesTotal;
    private long bytesDone;
    private long bytesTotal;
    private long received;
    private long told;

    ProgressMeter(PullListener listener) {
        this.listener = listener;
    }

    synchronized void start(int files, long bytes) {
        filesTotal = files;
        bytesTotal = bytes;
        samples.add(new Sample(System.nanoTime(), 0));
        tell();
    }

    /** Bytes of a file are on disk that came over the network now. */
    synchronized void received(long bytes) {
        received += bytes;
        bytesDone += bytes;
        if (System.nanoTime() - told >= PERIOD_NANOS) {
            tell();
        }
    }

    /** Bytes of a file were on disk already, or (negative) must be fetched again. */
    synchronized void found(long bytes) {
        bytesDone += bytes;
    }

    synchronized void fileDone() {
        filesDone++;
        tell();
    }

    synchronized void retry(String what, String failure, Duration wait) {
        listener.retry(what, failure, wait);
    }

    private void tell() {
        told = System.nanoTime();
        samples.add(new Sample(told, received));
        while (samples.size() > 2 && told - samples.getFirst().nanos() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        var oldest = samples.getFirst();
        double seconds = (told - oldest.nanos()) / 1e9;
        double rate = seconds <= 0 ? 0 : (received - oldest.received()) / seconds;
        listener.progress(new PullProgress(filesDone, filesTotal, bytesDone, bytesTotal, rate));
    }
}
