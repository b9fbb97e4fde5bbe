package dev.nextstep.train.model;

import dev.nextstep.data.mix.Loaded;
import dev.nextstep.data.mix.LoaderState;
import dev.nextstep.data.mix.RowLoader;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.TrainingRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next batch on a thread of its own while a step computes on this one. What is handed out is the same as without:
 * rows come in the order of the loader, random numbers are those of the step that asks. {@link #state} is that of the loader
 * right after the rows that were handed out last, so a saved run does not lose what was made ahead.
 */
final class BatchesAhead implements AutoCloseable {
    /**
     * A batch of a step.
     *
     * @param samples samples in it
     * @param padding tokens that only fill rows up
     */
    record Ready(TrainingBatch batch, FlowDraws draws, long samples, long padding) {}

    /** Rows, and what was made of them for the step that was expected to come next. */
    private record Made(
            long step,
            int part,
            List<PackedRow<Loaded<List<PictureTokens>>>> rows,
            TrainingBatch batch,
            FlowDraws draws,
            LoaderState after) {}

    private final Batches batches;
    private final int rows;
    private final int copies;
    private final RowLoader<List<PictureTokens>> loader;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private LoaderState state;
    private @Nullable Future<Made> ahead;
    private int parts = 1;

    /**
     * Nothing is made before the first call.
     *
     * @param loader not used by anybody else from now on
     * @param rows of a batch
     * @param copies of each learned image token
     */
    BatchesAhead(Batches batches, int rows, int copies, RowLoader<List<PictureTokens>> loader) {
        this.batches = batches;
        this.rows = rows;
        this.copies = copies;
        this.loader = loader;
        this.state = loader.state();
    }

    /**
     * The next batch; the one after it is begun.
     *
     * @param step for its random numbers
     * @param part of the step
     */
    Ready next(long step, int part, TrainingRandom random) {
        var made = get(ahead != null ? ahead : begin(step, part, random));
        if (made.step() != step || made.part() != part) {
            // The loop went back, or parts are counted for the first time: the rows are right, the random numbers are
            // not.
            var batch = batches.of(made.rows(), step, part, random);
            made = new Made(
                    step, part, made.rows(), batch, batches.draws(batch, copies, step, part, random), made.after());
        }
        state = made.after();
        parts = Math.max(parts, part + 1);
        ahead = part + 1 < parts ? begin(step, part + 1, random) : begin(step + 1, 0, random);
        return new Ready(
                made.batch(),
                made.draws(),
                made.rows().stream().mapToLong(r -> r.parts().size()).sum(),
                made.rows().stream().mapToLong(PackedRow::padding).sum());
    }

    private Future<Made> begin(long step, int part, TrainingRandom random) {
        return thread.submit(() -> {
            torch.set_num_threads(1); // of this thread: new pictures are encoded here, beside the step
            var taken = new ArrayList<PackedRow<Loaded<List<PictureTokens>>>>();
            for (int i = 0; i < rows; i++) {
                taken.add(loader.next());
            }
            var batch = batches.of(taken, step, part, random);
            return new Made(step, part, taken, batch, batches.draws(batch, copies, step, part, random), loader.state());
        });
    }

    private static Made get(Future<Made> made) {
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException("interrupted while the next batch was made", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** Where the data is after the batches that were handed out. */
    LoaderState state() {
        return state;
    }

    /** Waits for the batch in work and drops it. */
    @Override
    public void close() {
        thread.close();
    }
}
