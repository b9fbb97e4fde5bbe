package dev.nextstep.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** One execution of a target, with the rules that hold for all of them. */
final class FuzzRun {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Far above what any reader needs for a small input; a loop without end is what this finds. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private static final int LONGEST_MESSAGE = 4000;

    private FuzzRun() {}

    /** Whether the input was accepted. Every breach of a rule is an {@link AssertionError}. */
    static boolean accepts(FuzzTarget target, byte[] input) {
        Measured first = measured(target, input);
        // The first time may load and instrument classes, so only what happens again counts.
        if (first.excess(target, input).isPresent()) {
            measured(target, input).excess(target, input).ifPresent(excess -> {
                throw new AssertionError(excess);
            });
        }
        return first.accepted();
    }

    private record Measured(boolean accepted, long nanos, long allocated) {
        Optional<String> excess(FuzzTarget target, byte[] input) {
            if (nanos > LONGEST_NANOS) {
                return Optional.of("took " + nanos / 1_000_000 + " ms");
            }
            return allocated > target.allocationLimit(input.length)
                    ? Optional.of("allocated " + allocated + " bytes for an input of " + input.length)
                    : Optional.empty();
        }
    }

    private static Measured measured(FuzzTarget target, byte[] input) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        boolean accepted = outcome(target, input);
        long nanos = System.nanoTime() - start;
        return new Measured(accepted, nanos, THREADS.getCurrentThreadAllocatedBytes() - allocated);
    }

    private static boolean outcome(FuzzTarget target, byte[] input) {
        try {
            target.read(input);
            return true;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            if (!target.refusal().isInstance(e)) {
                throw new AssertionError("not a " + target.refusal().getSimpleName() + " but " + e, e);
            }
            String message = e.getMessage();
            if (message == null || message.isBlank() || message.length() > LONGEST_MESSAGE) {
                throw new AssertionError("a refusal without a readable message: " + message, e);
            }
            return false;
        }
    }
}
