package dev.nextstep.train.model;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.torch.Scoped;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.TorchFlowHead;
import dev.nextstep.torch.TorchTransformer;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The objective of all pre-training stages: cross-entropy at text positions, flow matching at image positions (paper Eq. 2;
 * spec §6.2, §8.3). The hidden state of a position predicts the token after it; for an image token it is the condition of the
 * flow head, through the out-projector.
 */
public final class ModelObjective {
    private final ModelConfig config;
    private final ObjectiveSettings settings;
    private final TorchTransformer transformer;
    private final TorchFlowHead head;

    /** The objective for models of this configuration. */
    public ModelObjective(ModelConfig config, ObjectiveSettings settings) {
        this.config = config;
        this.settings = settings;
        this.transformer = new TorchTransformer(config);
        this.head = new TorchFlowHead(config);
    }

    /**
     * Hidden states of a batch.
     *
     * @return fp32 [rows, length, hidden]
     */
    public Tensor hidden(StepWeights weights, TrainingBatch batch) {
        return transformer.forward(weights, embedded(weights, batch), mask(batch));
    }

    private Tensor embedded(StepWeights weights, TrainingBatch batch) {
        return Scoped.result(() -> {
            var embedded = transformer.embed(weights, Tensors.of(batch.ids(), batch.rows(), batch.length()));
            if (batch.slots().length == 0) {
                return embedded;
            }
            var tokens = Tensors.of(batch.inputs(), batch.slots().length, config.tokenDimension());
            var places = Tensors.of(batch.slots(), batch.slots().length);
            return embedded.view(batch.tokens(), config.hiddenSize())
                    .index_copy(0, places, transformer.embedImageTokens(weights, tokens))
                    .view(batch.rows(), batch.length(), config.hiddenSize());
        });
    }

    private static @Nullable Tensor mask(TrainingBatch batch) {
        if (batch.segments().length == 0) {
            return null;
        }
        return Scoped.result(() -> {
            var segments = Tensors.of(batch.segments(), batch.rows(), batch.length());
            var same = segments.unsqueeze(1).eq(segments.unsqueeze(2));
            var blocked = same.logical_not().logical_or(torch.ones_like(same).triu(1));
            return torch.zeros_like(blocked.to(ScalarType.Float))
                    .masked_fill(blocked, new Scalar(Float.NEGATIVE_INFINITY))
                    .unsqueeze(1);
        });
    }

    /**
     * The losses of a batch.
     *
     * @param draws noise and times; none may be missing for a learned token, or it does not count
     * @throws IllegalArgumentException if there is nothing to learn at all
     */
    public Losses of(StepWeights weights, TrainingBatch batch, FlowDraws draws) {
        return of(weights, batch, draws, BatchCounts.of(batch, draws));
    }

    /**
     * The losses of some rows of a batch. Its total is weighted so that the totals of all parts add up to that of the batch;
     * text and image loss are means over these rows.
     *
     * @param whole what the whole batch counts
     */
    Losses of(StepWeights weights, TrainingBatch batch, FlowDraws draws, BatchCounts whole) {
        return of(weights, batch, draws, whole, hidden(weights, batch));
    }

    /** Forward and backward for a batch; gradients are added to those that the weights have. The losses have none. */
    public Losses learn(
            StepWeights weights, TrainingBatch batch, FlowDraws draws, GradientCheckpointing checkpointing) {
        return learn(weights, batch, draws, BatchCounts.of(batch, draws), 1, checkpointing);
    }

    /**
     * Forward and backward for some rows of a batch.
     *
     * @param whole what the whole batch counts
     * @param scale factor of the loss before its gradients are taken
     * @return the losses, without gradients
     */
    Losses learn(
            StepWeights weights,
            TrainingBatch batch,
            FlowDraws draws,
            BatchCounts whole,
            double scale,
            GradientCheckpointing checkpointing) {
        return switch (checkpointing) {
            case NONE -> backward(of(weights, batch, draws, whole), scale);
            case BLOCKS -> {
                var pass = transformer.pass(weights, batch.length(), mask(batch));
                var blocks =
                        new RecomputedBlocks(transformer, config.layers(), weights, embedded(weights, batch), pass);
                var outer = PointerScope.getInnerScope();
                Losses losses;
                try (var _ = new PointerScope()) { // what it holds is not needed while the blocks are computed again
                    var hidden = transformer.finish(weights, blocks.output());
                    losses = backward(of(weights, batch, draws, whole, hidden), scale)
                            .kept(outer);
                }
                blocks.backward();
                yield losses;
            }
        };
    }

    private static Losses backward(Losses losses, double scale) {
        losses.total().mul(new Scalar(scale)).backward();
        return losses.detached();
    }

    private Losses of(StepWeights weights, TrainingBatch batch, FlowDraws draws, BatchCounts whole, Tensor states) {
        var hidden = states.view(batch.tokens(), config.hiddenSize());
        var predicting = BatchCounts.predicting(batch);
        Optional<Tensor> text =
                predicting.length == 0 ? Optional.empty() : Optional.of(text(weights, batch, hidden, predicting));
        Optional<Tensor> copies =
                draws.learned().length == 0 ? Optional.empty() : Optional.of(copies(weights, batch, hidden, draws));
        var image = copies.map(Tensor::mean);
        if (text.isEmpty() && image.isEmpty()) {
            throw new IllegalArgumentException("the batch has neither a text label nor an image token to learn");
        }
        var total = total(text, image, BatchCounts.of(batch, draws), whole);
        return new Losses(total, text, image, copies.map(Tensor::detach), predicting.length);
    }

    private Tensor total(Optional<Tensor> text, Optional<Tensor> image, BatchCounts here, BatchCounts whole) {
        double textScale = settings.textWeight() * share(here.textTokens(), whole.textTokens());
        double imageScale = settings.imageWeight() * share(here.copies(), whole.copies());
        if (settings.weighting() == ObjectiveSettings.Weighting.TOKEN_COUNT) {
            double all = (double) whole.textTokens() + whole.imageTokens();
            textScale *= whole.textTokens() / all;
            imageScale *= whole.imageTokens() / all;
        }
        var textScalar = new Scalar(textScale);
        var imageScalar = new Scalar(imageScale);
        var weightedText = text.map(t -> t.mul(textScalar));
        var weightedImage = image.map(t -> t.mul(imageScalar));
        return weightedText
                .flatMap(t -> weightedImage.map(t::add))
                .or(() -> weightedText)
                .or(() -> weightedImage)
                .orElseThrow();
    }

    private static double share(int here, int whole) {
        return whole == 0 ? 1 : here / (double) whole;
    }

    private Tensor text(StepWeights weights, TrainingBatch batch, Tensor hidden, int[] places) {
        var labels = new long[places.length];
        for (int i = 0; i < places.length; i++) {
            labels[i] = batch.labels()[places[i] + 1];
        }
        return Scoped.result(() -> {
            var rows = hidden.index_select(0, Tensors.of(places, places.length));
            return torch.cross_entropy_loss(transformer.logits(weights, rows), Tensors.of(labels, labels.length));
        });
    }

    /** The loss of each copy, [n]. */
    private Tensor copies(StepWeights weights, TrainingBatch batch, Tensor hidden, FlowDraws draws) {
        int width = config.tokenDimension();
        int n = draws.learned().length;
        var before = new int[batch.learned().length];
        var clean = new float[n * width];
        for (int i = 0; i < before.length; i++) {
            before[i] = batch.slots()[batch.learned()[i]] - 1;
        }
        for (int i = 0; i < n; i++) {
            int slot = batch.learned()[draws.learned()[i]];
            System.arraycopy(batch.targets(), slot * width, clean, i * width, width);
        }
        return Scoped.result(() -> squaredErrors(weights, hidden, draws, before, clean));
    }

    private Tensor squaredErrors(StepWeights weights, Tensor hidden, FlowDraws draws, int[] before, float[] clean) {
        int width = config.tokenDimension();
        int n = draws.learned().length;
        var condition = transformer.condition(weights, hidden.index_select(0, Tensors.of(before, before.length)));
        // Once for a token, not once for each of its copies.
        var embedded = head.embedCondition(weights, condition).index_select(0, Tensors.of(draws.learned(), n));
        var data = Tensors.of(clean, n, width);
        var noise = Tensors.of(draws.noise(), n, width);
        var t = torch.sigmoid(Tensors.of(draws.logits(), n));
        var column = t.unsqueeze(1);
        var x = data.mul(column).add(noise.mul(column.neg().add(new Scalar(1.0))));
        var velocity = head.velocity(weights, x, t, embedded);
        return velocity.sub(data.sub(noise)).square().mean(1);
    }
}
