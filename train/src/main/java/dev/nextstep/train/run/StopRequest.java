package dev.nextstep.train.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Asks a run to stop at the end of its step, with a checkpoint. {@link #onTermination} does so when the process is told to
 * end (Ctrl-C, SIGTERM), and holds the end back until the checkpoint is written.
 */
public final class StopRequest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-at-exit");
    private volatile boolean requested;

    /** One that only {@link #stop} triggers. */
    public StopRequest() {}

    /** One that the end of the process triggers too, until it is closed. */
    public static StopRequest onTermination() {
        var request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    private void stopAndWait() {
        stop();
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LoggerFactory.getLogger(StopRequest.class)
                        .warn("ends without a last checkpoint: the step takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the run to stop; from any thread. */
    public void stop() {
        requested = true;
    }

    /** Whether it was asked to. */
    public boolean isRequested() {
        return requested;
    }

    /** To be called when everything is written: lets the process end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already.
        }
    }
}
