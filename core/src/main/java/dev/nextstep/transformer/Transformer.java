package dev.nextstep.transformer;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.kernel.Attention;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.Norms;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The causal transformer (Qwen2 / Llama form, spec §3): rows of embeddings in, rows of hidden states out.
 *
 * <p>One call takes any mixture of sequences: long spans (prefill) and single tokens (decoding), at any positions. All
 * rows share each read of the weights; a row's result does not depend on its neighbours. Immutable and thread-safe; the
 * state is in the {@link KvCache}s.
 */
public final class Transformer {
    private final int hiddenSize;
    private final int vocabSize;
    private final int layers;
    private final float eps;
    private final Precision precision;
    private final Attention.Shape shape;
    private final KvPool pool;
    private final RotaryEmbedding rotary;
    private final Tensor embeddings;
    private final List<TransformerBlock> blocks;
    private final float[] finalNorm;

    /** Keys and values in fp32 and without a limit; see the other constructor. */
    public Transformer(ModelConfig config, TensorSource weights, Precision precision, RopeFrequencies ropeFrequencies) {
        this(config, weights, precision, ropeFrequencies, KvType.FP32, Long.MAX_VALUE);
    }

    /**
     * Binds the weights; reads none of the large ones.
     *
     * @param weights tensors named as in spec §2.2
     * @param kvType how keys and values are stored
     * @param kvLimit most memory in bytes of the keys and values of all sequences together
     * @throws dev.nextstep.tensor.TensorException if one is missing or misshapen
     */
    public Transformer(
            ModelConfig config,
            TensorSource weights,
            Precision precision,
            RopeFrequencies ropeFrequencies,
            KvType kvType,
            long kvLimit) {
        this.hiddenSize = config.hiddenSize();
        this.vocabSize = config.vocabularySize();
        this.layers = config.layers();
        this.eps = config.rmsNormEpsilon();
        this.precision = precision;
        int window = config.slidingWindow().orElse(Integer.MAX_VALUE);
        this.shape = new Attention.Shape(
                config.attentionHeads(), config.keyValueHeads(), config.headDimension(), window, precision);
        this.pool = new KvPool(
                new KvPage.Layout(kvType, layers, shape.kvHeads(), shape.headDim(), shape.cacheStride()), kvLimit);
        this.rotary = new RotaryEmbedding(config.headDimension(), config.ropeTheta(), ropeFrequencies, precision);
        this.embeddings = weights.require("embed_tokens.weight", vocabSize, hiddenSize);
        var list = new ArrayList<TransformerBlock>(layers);
        for (int i = 0; i < layers; i++) {
            list.add(new TransformerBlock(config, weights, i, shape, rotary));
        }
        this.blocks = List.copyOf(list);
        this.finalNorm = weights.require("norm.weight", hiddenSize).toFloats();
    }

    /** Width of embeddings and hidden states. */
    public int hiddenSize() {
        return hiddenSize;
    }

    /** In which numbers this transformer computes. */
    public Precision precision() {
        return precision;
    }

    /**
     * An empty sequence.
     *
     * @param offset absolute position of its first entry ≥ 0 (left padding of the official row)
     * @param capacity positions to reserve; it grows if needed
     * @throws KvCacheFullException if there is no room for them within the limit
     */
    public KvCache newCache(int offset, int capacity) {
        return new KvCache(pool, offset, capacity);
    }

    /** Memory of one cached position in bytes: 2 · layers · kvHeads · headDim numbers of the type. */
    public long cacheBytesPerPosition() {
        return pool.layout().bytes() / KvPage.POSITIONS;
    }

    /** Positions that memory of keys and values is taken for at once. */
    public int cachePagePositions() {
        return KvPage.POSITIONS;
    }

    /** Memory in bytes of the keys and values of all sequences, what is reserved included. */
    public long cacheBytesInUse() {
        return pool.used() * pool.layout().bytes();
    }

    /** Working memory of a forward pass over one row, in bytes (without the cache). */
    public long workBytesPerRow(ModelConfig config) {
        return (4L * hiddenSize + 2L * config.intermediateSize() + 4L * shape.heads() * shape.headDim()) * Float.BYTES;
    }

    /**
     * Embeds a token into {@code target} [hidden] from {@code at}.
     *
     * @throws IllegalArgumentException if the id is not in the vocabulary
     */
    public void embed(int id, float[] target, int at) {
        if (id < 0 || id >= vocabSize) {
            throw new IllegalArgumentException(
                    "token id must be between 0 and %d, not %d".formatted(vocabSize - 1, id));
        }
        long from = (long) id * hiddenSize;
        for (int i = 0; i < hiddenSize; i++) {
            target[at + i] = embeddings.get(from + i);
        }
    }

    /** Runs rows of embeddings through all layers; see {@link #forward(ThreadTeam, List, float[], LayerListener)}. */
    public float[] forward(ThreadTeam team, List<Span> spans, float[] inputs) {
        return forward(team, spans, inputs, LayerListener.NONE);
    }

    /**
     * Runs rows of embeddings through all layers and appends their keys and values to the caches.
     *
     * @param spans which sequences the rows belong to, in order; a cache may appear once only
     * @param inputs [Σ count, hidden]; not changed
     * @return hidden states after the final norm [Σ count, hidden]
     * @throws KvCacheFullException if there is no room for more keys and values; then no sequence has changed
     */
    public float[] forward(ThreadTeam team, List<Span> spans, float[] inputs, LayerListener listener) {
        int rows = 0;
        for (var span : spans) {
            rows += span.count();
            span.cache().prepare(span.count());
        }
        if (inputs.length != rows * hiddenSize) {
            throw new IllegalArgumentException(
                    "%d rows of %d expected, found %d values".formatted(rows, hiddenSize, inputs.length));
        }
        float[] x = inputs.clone();
        for (int i = 0; i < layers; i++) {
            blocks.get(i).forward(team, spans, x, rows);
            listener.after(i, x);
        }
        for (var span : spans) {
            span.cache().commit(span.count());
        }
        var out = new float[rows * hiddenSize];
        Norms.rms(x, rows, finalNorm, eps, precision, out);
        return out;
    }

    /** The head that predicts text; built on demand, because drawing does not need it. */
    public static LanguageHead languageHead(ModelConfig config, TensorSource weights, Precision precision) {
        var tied = config.tiedEmbeddings() && weights.find("lm_head.weight").isEmpty();
        var head = Linear.loadWithoutBias(
                weights, tied ? "embed_tokens" : "lm_head", config.vocabularySize(), config.hiddenSize());
        if (config.mlpBeforeLmHead()) {
            var before = Linear.load(weights, "before_lm_head", config.hiddenSize(), config.hiddenSize());
            return new LanguageHead(head, before, precision);
        }
        return new LanguageHead(head, null, precision);
    }
}
