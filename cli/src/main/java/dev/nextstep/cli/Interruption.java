package dev.nextstep.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C while a command works. The JVM ends as soon as its hooks are done: this one asks the work to stop,
 * and waits until this is closed, which is when files are whole and all is said.
 */
public final class Interruption implements AutoCloseable {
    private static final long WAIT_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable stop, Runnable late) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        boolean inTime = ended.await(WAIT_SECONDS, TimeUnit.SECONDS);
                        if (!inTime) {
                            late.run();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "cancel-at-exit");
    }

    /**
     * From now until it is closed.
     *
     * @param stop asks the work to stop; must not wait for it
     * @param late called if it does not stop in 20 seconds
     */
    public static Interruption handledBy(Runnable stop, Runnable late) {
        var interruption = new Interruption(stop, late);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Lets the JVM end, if that is what it waits for. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM ends already.
        }
    }
}
