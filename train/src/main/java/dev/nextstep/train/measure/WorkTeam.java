package dev.nextstep.train.measure;

import dev.nextstep.engine.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Some threads that do the same with many things, tell how far they are, and stop when they are told. */
final class WorkTeam implements AutoCloseable {
    private final EvaluationListener listener;
    private final Cancellation cancellation;
    private final ExecutorService threads;
    private int done;

    WorkTeam(int size, EvaluationListener listener, Cancellation cancellation) {
        this.listener = listener;
        this.cancellation = cancellation;
        this.threads = Executors.newFixedThreadPool(size);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Does the work for every item; the results in the order of the items.
     *
     * @throws CancellationException if the work was cancelled or the thread interrupted
     */
    <T, R> List<R> all(EvaluationListener.Stage stage, Collection<T> items, Function<T, R> work) {
        begin(stage, items.size());
        var futures = new ArrayList<Future<R>>();
        for (var item : items) {
            futures.add(threads.submit(() -> {
                cancellation.check();
                var result = work.apply(item);
                report(stage, items.size());
                return result;
            }));
        }
        try {
            var results = new ArrayList<R>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the evaluation was cancelled; what is drawn stays");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    private synchronized void begin(EvaluationListener.Stage stage, int total) {
        done = 0;
        listener.progress(stage, 0, total);
    }

    private synchronized void report(EvaluationListener.Stage stage, int total) {
        done++;
        listener.progress(stage, done, total);
    }

    /** Stops: work in progress is cancelled and waited for. */
    @Override
    public void close() {
        cancellation.cancel();
        threads.shutdownNow();
        threads.close();
    }
}
