package dev.nextstep.train.model;

import dev.nextstep.torch.Compute;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Weights;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/**
 * The objective of a batch whose rows several threads share: each takes some rows forward and backward alone, and the
 * gradients are added in a fixed order, so that they do not depend on who is first.
 */
public final class SharedObjective implements AutoCloseable {
    private final ModelObjective objective;
    private final Compute compute;
    private final GradientCheckpointing checkpointing;
    private final Workers workers;

    /**
     * An objective for batches of a size.
     *
     * @param weights gradients end up in them; not closed here
     * @param compute in which numbers
     * @param checkpointing what is computed again on the way back
     * @param rows of a batch
     * @param processors how many threads may compute at once
     */
    public SharedObjective(
            ModelObjective objective,
            Weights weights,
            Compute compute,
            GradientCheckpointing checkpointing,
            int rows,
            int processors) {
        this.objective = objective;
        this.compute = compute;
        this.checkpointing = checkpointing;
        this.workers = new Workers(weights, rows, processors);
    }

    /**
     * Losses of a batch.
     *
     * @param total what gradients are of
     * @param text mean cross-entropy of its text tokens; 0 if it has none
     * @param image mean square error of velocities; 0 if it has no image token to learn
     */
    public record BatchLoss(double total, double text, double image) {
        private static final BatchLoss NONE = new BatchLoss(0, 0, 0);

        private BatchLoss plus(BatchLoss other) {
            return new BatchLoss(total + other.total, text + other.text, image + other.image);
        }
    }

    /**
     * Forward and backward; gradients are added to those that the weights have.
     *
     * @param scale factor of the loss before its gradients are taken
     */
    public BatchLoss learn(TrainingBatch batch, FlowDraws draws, double scale) {
        var whole = BatchCounts.of(batch, draws);
        List<BatchLoss> parts = workers.all(
                batch.rows(),
                (shared, from, to) -> learn(
                        shared,
                        batch.rows(from, to),
                        draws.of(batch.learnedBefore(from), batch.learnedBefore(to)),
                        whole,
                        scale));
        return parts.stream().reduce(BatchLoss.NONE, BatchLoss::plus);
    }

    private BatchLoss learn(Weights shared, TrainingBatch batch, FlowDraws draws, BatchCounts whole, double scale) {
        var here = BatchCounts.of(batch, draws);
        if (here.isEmpty()) {
            return BatchLoss.NONE;
        }
        try (var _ = new PointerScope()) {
            var losses = objective.learn(new StepWeights(shared, compute), batch, draws, whole, scale, checkpointing);
            return new BatchLoss(
                    losses.total().item_float(),
                    losses.text()
                            .map(t -> t.item_float() * (here.textTokens() / (double) whole.textTokens()))
                            .orElse(0.0),
                    losses.image()
                            .map(t -> t.item_float() * (here.copies() / (double) whole.copies()))
                            .orElse(0.0));
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
