package dev.nextstep.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads for short, equal pieces of arithmetic.
 *
 * <p>A transformer step is a chain of products that take microseconds each, so handing work over must cost less than a
 * fork-join pool does: members spin for a moment after each piece and park only when nothing follows. The caller works
 * too, so a team of one has no other thread at all. Which member does which piece is not fixed; results must not depend
 * on it.
 */
public final class ThreadTeam implements AutoCloseable {

    /** A piece of work, called once for each index from 0 to the number of pieces − 1, on any member. */
    @FunctionalInterface
    public interface Piece {
        void run(int index);
    }

    // Longer than the gaps between the products of one step, shorter than anybody would notice on a battery.
    private static final long SPIN_NANOS = 50_000;

    private final Thread[] helpers;
    private final ReentrantLock callers = new ReentrantLock();
    private volatile @Nullable Round round;
    private volatile boolean closed;

    private ThreadTeam(int size) {
        helpers = new Thread[size - 1];
        for (int i = 0; i < helpers.length; i++) {
            var thread = new Thread(this::help, "nextstep-" + (i + 1));
            thread.setDaemon(true);
            helpers[i] = thread;
        }
        for (var helper : helpers) {
            helper.start();
        }
    }

    /**
     * A team of {@code size} threads, the caller included.
     *
     * @throws IllegalArgumentException unless 1 ≤ size ≤ 1024
     */
    public static ThreadTeam of(int size) {
        if (size < 1 || size > 1024) {
            throw new IllegalArgumentException("threads must be between 1 and 1024, not " + size);
        }
        return new ThreadTeam(size);
    }

    /** Number of threads, the caller included. */
    public int size() {
        return helpers.length + 1;
    }

    /**
     * Runs all pieces and returns when all are done. While another caller has the team, or for a single piece, the
     * calling thread does them alone.
     *
     * @throws RuntimeException what the first failing piece threw; the other pieces still run or are skipped
     */
    public void run(int pieces, Piece piece) {
        if (pieces <= 1 || helpers.length == 0 || !callers.tryLock()) {
            for (int i = 0; i < pieces; i++) {
                piece.run(i);
            }
            return;
        }
        try {
            if (callers.getHoldCount() > 1) { // a piece that asks for the team again
                for (int i = 0; i < pieces; i++) {
                    piece.run(i);
                }
                return;
            }
            var current = new Round(pieces, piece);
            round = current;
            for (var helper : helpers) {
                LockSupport.unpark(helper);
            }
            current.work();
            while (current.remaining.get() > 0) {
                Thread.onSpinWait();
            }
            current.rethrow();
        } finally {
            callers.unlock();
        }
    }

    private void help() {
        Round last = null;
        while (!closed) {
            long deadline = System.nanoTime() + SPIN_NANOS;
            Round current = round;
            while (current == last) {
                if (closed) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    LockSupport.park(this);
                    deadline = System.nanoTime() + SPIN_NANOS;
                } else {
                    Thread.onSpinWait();
                }
                current = round;
            }
            last = current;
            if (current != null) {
                current.work();
            }
        }
    }

    /** Ends the helpers. The team must not be used afterwards. */
    @Override
    public void close() {
        closed = true;
        for (var helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private static final class Round {
        private final int pieces;
        private final Piece piece;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger remaining;
        private volatile @Nullable Throwable failure;

        Round(int pieces, Piece piece) {
            this.pieces = pieces;
            this.piece = piece;
            this.remaining = new AtomicInteger(pieces);
        }

        void work() {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        piece.run(i);
                    }
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    remaining.decrementAndGet();
                }
            }
        }

        void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
