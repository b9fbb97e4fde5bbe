package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being drawn, with whatever else is asked of the model at the time; see {@link NextStep#submit}. Safe for
 * use by several threads.
 */
public final class Drawing {
    private final Cancellation cancellation;
    private final CompletableFuture<List<Picture>> pictures = new CompletableFuture<>();
    private volatile @Nullable Supplier<Snapshot> snapshots;
    private volatile @Nullable Progress progress;
    // What the listener is told; empty when there is nothing more.
    private volatile @Nullable BlockingQueue<Optional<Consumer<DrawingListener>>> events;

    Drawing(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** How far it is; empty before its prompt is looked at. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Whether its pictures are there, or it has failed or was cancelled. */
    public boolean isDone() {
        return pictures.isDone();
    }

    /**
     * What is there of its pictures now; the drawing goes on. Waits while source pictures are being encoded.
     *
     * @throws CancellationException if it was cancelled before that
     */
    public Snapshot snapshot() {
        try {
            return Objects.requireNonNull(snapshots, "not begun").get();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    /**
     * Stops it within one token and returns what is there, to go on with later: {@link NextStep#submit(Snapshot)}. Who waits
     * for its pictures hears that it was cancelled, unless they are all there by then.
     */
    public Snapshot pause() {
        snapshot(); // what it reads must be encoded
        stop();
        return snapshot();
    }

    /** Asks it to stop, within one token; if it is done by then, nothing happens. */
    public void cancel() {
        cancellation.cancel();
    }

    /**
     * The pictures, when they are there. Fails with {@link CancellationException} if it was cancelled, and else with what
     * {@link NextStep#generateAll} would throw. Cancelling this future stops nobody but who waits for it; see {@link
     * #cancel}.
     */
    public CompletableFuture<List<Picture>> pictures() {
        return pictures.copy();
    }

    /** Waits for the pictures; interrupting the waiting thread cancels the drawing. Throws what made it fail. */
    public List<Picture> await() {
        return await(DrawingListener.NONE);
    }

    /**
     * Waits for the pictures and lets somebody follow, on this thread, from now on. What the listener throws ends the
     * drawing. A listener that is slow delays nobody but itself.
     *
     * @throws CancellationException if the drawing was cancelled, or this thread interrupted, which cancels it
     * @throws IllegalStateException if another thread follows already
     */
    public List<Picture> await(DrawingListener listener) {
        return follow(listener, beginFollowing());
    }

    synchronized BlockingQueue<Optional<Consumer<DrawingListener>>> beginFollowing() {
        if (events != null) {
            throw new IllegalStateException("another thread follows this drawing already");
        }
        var queue = new LinkedBlockingQueue<Optional<Consumer<DrawingListener>>>();
        var now = progress;
        if (now != null && now.stage() != Progress.Stage.DONE) {
            queue.add(Optional.of(listener -> listener.progress(now)));
        }
        events = queue;
        if (pictures.isDone()) {
            queue.add(Optional.empty());
        }
        return queue;
    }

    List<Picture> follow(DrawingListener listener, BlockingQueue<Optional<Consumer<DrawingListener>>> queue) {
        try {
            for (var event = queue.take(); event.isPresent(); event = queue.take()) {
                if (!cancellation.isCancelled()) {
                    event.get().accept(listener);
                }
            }
            if (cancellation.isCancelled()) {
                throw new CancellationException("the drawing was cancelled");
            }
            return pictures.get();
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new CancellationException("the drawing was cancelled");
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        } finally {
            events = null;
        }
    }

    // Ends it and waits until the engine has let go of it, so that nothing of it goes on behind the caller's back.
    private void stop() {
        cancellation.cancel();
        while (true) {
            try {
                pictures.handle((made, failure) -> "").get();
                return;
            } catch (InterruptedException | ExecutionException e) {
                // within one token
            }
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> unwrapped(e.getCause());
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failure);
        };
    }

    /** Where snapshots come from. */
    void snapshots(Supplier<Snapshot> source) {
        snapshots = source;
    }

    synchronized void report(Progress now) {
        progress = now;
        tell(listener -> listener.progress(now));
    }

    void tell(Consumer<DrawingListener> event) {
        add(Optional.of(event));
    }

    private synchronized void add(Optional<Consumer<DrawingListener>> event) {
        var queue = events;
        if (queue != null) {
            queue.add(event);
        }
    }

    void succeed(List<Picture> made) {
        end(() -> pictures.complete(List.copyOf(made)));
    }

    void fail(Throwable why) {
        var cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        end(() -> pictures.completeExceptionally(cause));
    }

    // What depends on the future is run by whoever completes it, so that must be nobody whom others wait for.
    private void end(Runnable completion) {
        Thread.startVirtualThread(() -> {
            completion.run();
            add(Optional.empty());
        });
    }
}
