package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.engine.BackendProvider;
import dev.nextstep.engine.CacheLayout;
import dev.nextstep.engine.LoadOptions;
import dev.nextstep.engine.ModelBackend;
import dev.nextstep.engine.Sequence;
import dev.nextstep.engine.SequenceSpan;
import dev.nextstep.engine.TokenDraw;
import dev.nextstep.flow.Draws;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.HeadType;
import dev.nextstep.flow.HeldGuidance;
import dev.nextstep.flow.Sampler;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.DecodeProgress;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The model on libtorch, for drawing: in fp32 on the processor, in bf16 products on a GPU where the native libraries know one.
 * Weights are copied into memory. Numbers agree with the engine of {@code core} within rounding, not to the bit, and libtorch
 * chooses its kernels by the size of a batch, so a picture's last bits may depend on what is drawn beside it.
 *
 * <p>The native libraries that this project asks Maven for are those of processors; for CUDA put the presets' {@code -gpu}
 * classifiers in their place.
 */
public final class TorchBackend implements ModelBackend {
    private static final long BYTES_PER_PIXEL_AND_CHANNEL = 4L * Float.BYTES;

    /** Brings it, under the name {@code torch}. */
    public static final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "torch";
        }

        @Override
        public String description() {
            return "libtorch on the processor, or on a GPU if its libraries know one";
        }

        @Override
        public String devices() {
            return switch (Placement.best()) {
                case CUDA -> "%d CUDA devices".formatted(Byte.toUnsignedInt(torch.cuda_device_count()));
                case MPS -> "the GPU of this Mac";
                case CPU -> "the processor; no GPU that its libraries know";
            };
        }

        @Override
        public ModelBackend open(ModelDirectory directory, LoadOptions options) {
            if (options.precision() != Precision.FP32 || options.ropeFrequencies() != RopeFrequencies.FP32) {
                throw new IllegalArgumentException(
                        "engine torch computes in fp32; for the roundings of the official bf16 pipeline use engine cpu");
            }
            return new TorchBackend(directory, options);
        }
    }

    private final ModelConfig config;
    private final VaeConfig vaeConfig;
    private final int threads;
    private final Placement placement;
    private final Weights modelWeights;
    private final Weights vaeWeights;
    private final StepWeights weights;
    private final StepWeights vaeStep;
    private final TorchTransformer transformer;
    private final CachedTransformer cached;
    private final TorchFlowHead head;
    private final TorchVae vae;

    private TorchBackend(ModelDirectory directory, LoadOptions options) {
        if (options.head() != HeadType.STORED) {
            throw new IllegalArgumentException(
                    "engine torch keeps the flow head as it is stored, not as %s; leave that option out, or take engine cpu"
                            .formatted(options.head().id()));
        }
        this.config = directory.config();
        this.threads = options.threads();
        this.placement = Placement.best();
        var compute = placement == Placement.CPU ? Compute.FP32 : Compute.BF16_MIXED;
        this.vaeConfig = directory.vae().config();
        this.transformer = new TorchTransformer(config);
        this.cached = new CachedTransformer(config, transformer, placement);
        this.head = new TorchFlowHead(config);
        this.vae = new TorchVae(vaeConfig, options.generation());
        this.modelWeights = frozen(Weights.read(directory.tensors(), ModelShapes.of(config)));
        this.vaeWeights = frozen(Weights.read(directory.vae().tensors(), VaeShapes.of(vaeConfig)));
        this.weights = new StepWeights(modelWeights, compute);
        this.vaeStep = new StepWeights(vaeWeights, Compute.FP32);
    }

    private Weights frozen(Weights read) {
        read.requireGradients(Weights.Gradients.NOT_WANTED);
        read.place(placement);
        return read;
    }

    /** Runs on this thread with the threads, the memory scope and the mode of drawing. */
    private <T> T compute(Supplier<T> work) {
        torch.set_num_threads(threads);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            return work.get();
        }
    }

    private Tensor here(float[] values, long... shape) {
        return placement.of(Tensors.of(values, shape));
    }

    @Override
    public int hiddenSize() {
        return config.hiddenSize();
    }

    @Override
    public int tokenDim() {
        return config.tokenDimension();
    }

    @Override
    public CacheLayout cache() {
        long bytes = 2L * config.layers() * config.keyValueHeads() * config.headDimension() * Float.BYTES;
        return new CacheLayout(bytes, 1, Long.MAX_VALUE);
    }

    @Override
    public float[] embed(int[] ids) {
        for (int id : ids) {
            if (id < 0 || id >= config.vocabularySize()) {
                throw new IllegalArgumentException(
                        "token id %d is not in the vocabulary of %d tokens".formatted(id, config.vocabularySize()));
            }
        }
        return compute(() -> Tensors.toFloats(transformer.embed(weights, placement.of(Tensors.of(ids, ids.length)))));
    }

    @Override
    public float[] embedTokens(float[] tokens, int rows) {
        return compute(() -> Tensors.toFloats(transformer.embedImageTokens(weights, here(tokens, rows, tokenDim()))));
    }

    private record TorchSequence(CachedAttention cache) implements Sequence {
        @Override
        public int length() {
            return cache.length();
        }

        @Override
        public int offset() {
            return cache.offset();
        }

        @Override
        public Sequence fork(int capacity) {
            return new TorchSequence(cache.fork(capacity));
        }

        @Override
        public void truncate(int newLength) {
            cache.truncate(newLength);
        }

        @Override
        public void close() {
            cache.close();
        }
    }

    @Override
    public Sequence newSequence(int offset, int capacity) {
        return new TorchSequence(new CachedAttention(offset, capacity));
    }

    private static CachedAttention cacheOf(Sequence sequence) {
        if (sequence instanceof TorchSequence(var cache)) {
            return cache;
        }
        throw new IllegalArgumentException("the sequence belongs to another engine: " + sequence.getClass());
    }

    @Override
    public float[] forward(List<SequenceSpan> spans, float[] inputs) {
        return compute(() -> {
            var stretches = new ArrayList<CachedTransformer.Stretch>(spans.size());
            var last = new int[spans.size()];
            int end = 0;
            for (int i = 0; i < last.length; i++) {
                var span = spans.get(i);
                stretches.add(new CachedTransformer.Stretch(cacheOf(span.sequence()), span.count()));
                end += span.count();
                last[i] = end - 1;
            }
            var hidden = cached.forward(weights, stretches, here(inputs, end, hiddenSize()));
            return Tensors.toFloats(hidden.index_select(0, placement.of(Tensors.of(last, last.length))));
        });
    }

    @Override
    public float[] logits(float[] hidden, int rows) {
        return compute(() -> Tensors.toFloats(transformer.logits(weights, here(hidden, rows, hiddenSize()))));
    }

    @Override
    public float[] conditions(float[] hidden, int[] tokens) {
        return compute(
                () -> Tensors.toFloats(transformer.condition(weights, here(hidden, tokens.length, hiddenSize()))));
    }

    /** What pictures must have in common to be sampled together. */
    private record Kind(Sampler sampler, int steps, float shift, Guidance guidance, int rows, int token, int total) {
        static Kind of(TokenDraw draw) {
            return new Kind(
                    draw.sampler(),
                    draw.steps(),
                    draw.timestepShift(),
                    draw.guidance(),
                    draw.guidanceRows(),
                    draw.token(),
                    draw.total());
        }
    }

    @Override
    public float[] sample(List<TokenDraw> draws, float[] conditions) {
        var groups = new LinkedHashMap<Kind, List<Integer>>();
        var firstRows = new int[draws.size() + 1];
        for (int i = 0; i < draws.size(); i++) {
            firstRows[i + 1] = firstRows[i] + draws.get(i).guidanceRows();
            groups.computeIfAbsent(Kind.of(draws.get(i)), kind -> new ArrayList<>())
                    .add(i);
        }
        var tokens = new float[draws.size() * tokenDim()];
        groups.forEach((kind, members) -> {
            int n = members.size();
            // Guidance blocks one after another, as they are combined.
            var rows = IntStream.range(0, n * kind.rows)
                    .map(i -> firstRows[members.get(i % n)] + i / n)
                    .toArray();
            var sampled = compute(() -> sample(kind, members, draws, rows, conditions));
            for (int i = 0; i < n; i++) {
                System.arraycopy(sampled, i * tokenDim(), tokens, members.get(i) * tokenDim(), tokenDim());
            }
        });
        return tokens;
    }

    private float[] sample(Kind kind, List<Integer> members, List<TokenDraw> draws, int[] rows, float[] conditions) {
        int n = members.size();
        int dim = tokenDim();
        int width = hiddenSize();
        var blocks = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(conditions, rows[i] * width, blocks, i * width, width);
        }
        var condition = head.embedCondition(weights, here(blocks, rows.length, width));
        var guidance = kind.guidance;
        float text = guidance.schedule().at(guidance.textScale(), kind.token, kind.total);
        float image = guidance.schedule().at(guidance.imageScale(), kind.token, kind.total);
        var grid = kind.sampler.grid(kind.steps, kind.shift);
        var guided = new float[n * dim];
        var held = new HeldGuidance(guidance.every());
        var one = new float[dim];
        Draws noise = (draw, target) -> {
            for (int i = 0; i < n; i++) {
                draws.get(members.get(i)).draws().fill(draw, one);
                System.arraycopy(one, 0, target, i * dim, dim);
            }
        };
        var x = new float[n * dim];
        noise.fill(0, x);
        kind.sampler.run(
                grid,
                x,
                (evaluation, state) -> {
                    try (var _ = new PointerScope()) {
                        int asked = held.rows(evaluation, kind.rows);
                        var times = placement.of(
                                torch.full(new long[] {(long) asked * n}, Scalars.of(grid.evaluations()[evaluation])));
                        var states = here(state, n, dim).repeat(asked, 1);
                        var blocksAsked = condition.narrow(0, 0, (long) asked * n);
                        var velocities = Tensors.toFloats(head.velocity(weights, states, times, blocksAsked));
                        var all = held.complete(velocities, kind.rows, n * dim);
                        guidance.combine(all, n, kind.rows, text, image, guided);
                        return guided;
                    }
                },
                noise);
        return x;
    }

    @Override
    public float[] normalize(float[] tokens, int rows) {
        return compute(() -> Tensors.toFloats(torch.layer_norm(
                here(tokens, rows, tokenDim()),
                new long[] {tokenDim()},
                new TensorOptional(),
                new TensorOptional(),
                1e-6,
                false)));
    }

    @Override
    public Planes encode(Planes pixels, DecodeProgress progress) {
        progress.at(0);
        var latent = compute(() -> planes(
                vae.encode(vaeStep, here(pixels.values(), 1, pixels.channels(), pixels.height(), pixels.width()))));
        progress.at(1);
        return latent;
    }

    @Override
    public Planes decode(Planes latent, DecodeProgress progress) {
        progress.at(0);
        var pixels = compute(() -> planes(
                vae.decode(vaeStep, here(latent.values(), 1, latent.channels(), latent.height(), latent.width()))));
        progress.at(1);
        return pixels;
    }

    private static Planes planes(Tensor x) {
        return new Planes(
                Math.toIntExact(x.size(1)),
                Math.toIntExact(x.size(2)),
                Math.toIntExact(x.size(3)),
                Tensors.toFloats(x));
    }

    @Override
    public long forwardBytes(int positions) {
        // Residual stream, its norm, the MLP's two halves and the three projections of one layer at a time.
        long widths = 4L * config.hiddenSize() + 3L * config.intermediateSize();
        return positions * (widths + (long) positions * config.attentionHeads()) * Float.BYTES;
    }

    @Override
    public long samplingBytes(int rows, int steps) {
        return 16L * rows * config.flowHeadWidth() * Float.BYTES;
    }

    @Override
    public long decodingBytes(int height, int width) {
        // The first block at full size still has the width of the level below.
        int widest = vaeConfig.channels()
                * vaeConfig.channelMultipliers().stream()
                        .limit(2)
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(1);
        return BYTES_PER_PIXEL_AND_CHANNEL * height * width * widest;
    }

    @Override
    public void close() {
        modelWeights.close();
        vaeWeights.close();
    }
}
