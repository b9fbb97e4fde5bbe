package dev.nextstep.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Draws for everybody: one thread computes (with the threads of its {@link ModelBackend}), callers hand in what they want
 * and wait. What several of them want passes the weights together, whatever it is and however far it has come; nobody's
 * result depends on that. Safe for use by several threads.
 */
public final class Engine implements AutoCloseable {
    private final LoadedModel model;
    private final EngineLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<DrawingTask> newTasks = new ArrayDeque<>();
    private final Deque<Feed> newFeeds = new ArrayDeque<>();
    private @Nullable Thread thread;
    private int waiting;
    private boolean isClosed;

    Engine(LoadedModel model, EngineLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    /**
     * Hands in a job and returns at once.
     *
     * @param observer hears of each token, on the engine's thread
     * @param cancellation ends the drawing within one token
     * @throws EngineFullException if {@link EngineLimits#waitingPictures} would be exceeded
     */
    public DrawingTask submit(DrawingJob job, DrawingObserver observer, Cancellation cancellation) {
        return submit(DrawingTask.of(job, model.backend().tokenDim(), observer, cancellation));
    }

    DrawingTask submit(DrawingTask task) {
        lock.lock();
        try {
            requireOpen();
            int pictures = task.pictures();
            if (waiting > 0 && waiting + (long) pictures > limits.waitingPictures()) {
                throw new EngineFullException(
                        "%d pictures wait to be drawn and at most %d may; ask for these %d again later"
                                .formatted(waiting, limits.waitingPictures(), pictures));
            }
            waiting += pictures;
            // Before anybody hears of the end: who asks for more then must find the place free.
            task.beforeEnd(() -> leave(pictures));
            newTasks.add(task);
            wake();
        } finally {
            lock.unlock();
        }
        return task;
    }

    private void leave(int pictures) {
        lock.lock();
        try {
            waiting -= pictures;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the transformer read positions of a conversation and waits for it, also if the waiting thread is interrupted:
     * the sequence is the engine's until then.
     *
     * @param inputs embeddings [count, hidden]
     */
    Feed.Answer feed(Sequence sequence, float[] inputs, int count, Feed.Wanted wanted) {
        var feed = new Feed(sequence, inputs, count, wanted);
        lock.lock();
        try {
            requireOpen();
            newFeeds.add(feed);
            wake();
        } finally {
            lock.unlock();
        }
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return feed.answer().get();
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                } catch (ExecutionException e) {
                    throw DrawingTask.unwrapped(e.getCause());
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    // Under the lock.
    private void wake() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("nextstep-engine").start(this::work);
        }
        arrived.signal();
    }

    private void work() {
        var scheduler = new Scheduler(model, limits);
        while (receive(scheduler)) {
            scheduler.pass();
        }
        scheduler.fail(new CancellationException("the model was closed"));
    }

    // Waits if there is nothing to do; false if it is closed.
    private boolean receive(Scheduler scheduler) {
        lock.lock();
        try {
            while (!isClosed && scheduler.isIdle() && newTasks.isEmpty() && newFeeds.isEmpty()) {
                arrived.awaitUninterruptibly();
            }
            newTasks.forEach(scheduler::add);
            newTasks.clear();
            newFeeds.forEach(scheduler::add);
            newFeeds.clear();
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is being drawn, as if cancelled, and the thread. */
    @Override
    public void close() {
        Thread ended;
        lock.lock();
        try {
            isClosed = true;
            ended = thread;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        if (ended != null && ended != Thread.currentThread()) {
            join(ended);
        }
    }

    private static void join(Thread ended) {
        boolean wasInterrupted = false;
        while (true) {
            try {
                ended.join();
                break;
            } catch (InterruptedException e) { // the weights must not be unmapped under it
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
