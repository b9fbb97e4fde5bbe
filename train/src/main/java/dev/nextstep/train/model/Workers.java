package dev.nextstep.train.model;

import dev.nextstep.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/**
 * Shares the rows of a batch among threads that each go forward and backward alone, on the same weights with gradients of
 * their own, which are then added in a fixed order. With small models this is faster than many threads in each product: no
 * operation waits for the slowest thread, and what libtorch does on one thread runs on all processors.
 */
final class Workers implements AutoCloseable {
    /** Fewer rows make a worker's products too small. */
    private static final int FEWEST_ROWS = 4;

    /** A pass over some rows. */
    interface Pass<R> {
        /** Forward and backward for rows {@code from} to {@code to}, exclusive; gradients go into {@code weights}. */
        R run(Weights weights, int from, int to);
    }

    private final Weights masters;
    private final List<Weights> replicas = new ArrayList<>();
    private final ExecutorService threads;
    private final int threadsEach;

    /**
     * A team.
     *
     * @param masters the weights, not closed here; gradients end up in them
     * @param rows of a batch
     * @param processors how many threads may compute at once
     */
    Workers(Weights masters, int rows, int processors) {
        int count = Math.clamp(rows / FEWEST_ROWS, 1, processors);
        this.masters = masters;
        this.threadsEach = processors / count;
        for (int i = 1; i < count; i++) {
            replicas.add(masters.sharing());
        }
        this.threads = Executors.newFixedThreadPool(count, work -> {
            var thread = new Thread(work, "trainer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the pass over all rows; the results in the order of the rows. */
    <R> List<R> all(int rows, Pass<R> pass) {
        int count = replicas.size() + 1;
        if (count == 1) {
            return List.of(pass.run(masters, 0, rows));
        }
        var futures = new ArrayList<Future<R>>();
        for (int i = 0; i < count; i++) {
            var weights = i == 0 ? masters : replicas.get(i - 1);
            int from = i * rows / count;
            int to = (i + 1) * rows / count;
            futures.add(threads.submit(() -> {
                torch.set_num_threads(threadsEach); // holds for this thread only
                return pass.run(weights, from, to);
            }));
        }
        var results = new ArrayList<R>();
        RuntimeException failure = null;
        for (var future : futures) { // all of them: nobody may still write gradients after a failure
            try {
                results.add(future.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new IllegalStateException("interrupted during a step", e);
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
        if (failure != null) {
            throw failure;
        }
        replicas.forEach(this::addGradients);
        return results;
    }

    private void addGradients(Weights replica) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            masters.all().forEach((name, master) -> {
                var gradient = replica.get(name).mutable_grad();
                if (!gradient.defined()) {
                    return;
                }
                if (!master.requires_grad()) { // frozen since the replica was made
                    gradient.reset();
                    replica.get(name).set_requires_grad(false);
                    return;
                }
                if (master.grad().defined()) {
                    master.grad().add_(gradient);
                } else {
                    master.mutable_grad().put(gradient);
                }
                gradient.reset();
            });
        }
    }

    @Override
    public void close() {
        threads.close();
        replicas.forEach(Weights::close);
    }
}
