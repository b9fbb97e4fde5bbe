package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.flow.FlowHead;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.Projectors;
import dev.nextstep.flow.Sampler;
import dev.nextstep.flow.TokenSampler;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.transformer.KvCache;
import dev.nextstep.transformer.KvCacheFullException;
import dev.nextstep.transformer.LanguageHead;
import dev.nextstep.transformer.Span;
import dev.nextstep.transformer.Transformer;
import dev.nextstep.vae.DecodeProgress;
import dev.nextstep.vae.ImageTokenizer;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of this module: the model in Java on the processor's vector units, over memory-mapped weights. Same bits on any
 * number of threads and whatever the batch. Safe for use by several threads.
 */
public final class CpuBackend implements ModelBackend {
    /** Brings it, under the name {@code cpu}. */
    public static final BackendProvider PROVIDER = new BackendProvider() {
        @Override
        public String name() {
            return "cpu";
        }

        @Override
        public String description() {
            return "Java on the processor";
        }

        @Override
        public ModelBackend open(ModelDirectory directory, LoadOptions options) {
            var team = ThreadTeam.of(options.threads());
            try {
                return new CpuBackend(directory, options, team);
            } catch (RuntimeException | Error e) {
                team.close();
                throw e;
            }
        }
    };

    private final ThreadTeam team;
    private final ModelConfig config;
    private final TensorSource weights;
    private final Precision precision;
    private final Transformer transformer;
    private final long cacheLimit;
    private final Projectors projectors;
    private final FlowHead flowHead;
    private final ImageTokenizer imageTokenizer;
    // Embedded times of the schedules in use; the oldest go first.
    private final Map<SamplerKind, TokenSampler> samplers =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<SamplerKind, TokenSampler> eldest) {
                    return size() > 64;
                }
            });
    private @Nullable LanguageHead languageHead;

    private record SamplerKind(Sampler sampler, int steps, float shift, Guidance guidance) {}

    private CpuBackend(ModelDirectory directory, LoadOptions options, ThreadTeam team) {
        this.team = team;
        this.precision = options.precision();
        this.config = directory.config();
        this.weights = RoundedWeights.of(directory.tensors(), precision);
        this.transformer = new Transformer(
                config,
                weights,
                precision,
                options.ropeFrequencies(),
                options.cache().type(),
                options.cache().limitBytes());
        this.cacheLimit = options.cache().limitBytes();
        this.projectors = new Projectors(config, weights, precision);
        this.flowHead = new FlowHead(config, HeadWeights.of(weights, options.head()), precision);
        if (!config.tiedEmbeddings()) {
            languageHead = Transformer.languageHead(config, weights, precision);
        }
        var vae = directory.vae();
        this.imageTokenizer = ImageTokenizer.load(
                vae.config(),
                vae.tensors(),
                team,
                new ImageTokenizer.Options(
                        precision, options.generation(), options.limits().codingBytes()));
    }

    /** The threads that all parts compute on. */
    public ThreadTeam team() {
        return team;
    }

    /** The transformer. */
    public Transformer transformer() {
        return transformer;
    }

    /** The maps between transformer and image tokens. */
    public Projectors projectors() {
        return projectors;
    }

    /** The flow-matching head. */
    public FlowHead flowHead() {
        return flowHead;
    }

    /** The image tokenizer (VAE). */
    public ImageTokenizer imageTokenizer() {
        return imageTokenizer;
    }

    /** The head that predicts text, built when first asked for. */
    public synchronized LanguageHead languageHead() {
        if (languageHead == null) {
            languageHead = Transformer.languageHead(config, weights, precision);
        }
        return languageHead;
    }

    @Override
    public int hiddenSize() {
        return transformer.hiddenSize();
    }

    @Override
    public int tokenDim() {
        return flowHead.tokenDim();
    }

    @Override
    public CacheLayout cache() {
        return new CacheLayout(transformer.cacheBytesPerPosition(), transformer.cachePagePositions(), cacheLimit);
    }

    @Override
    public float[] embed(int[] ids) {
        int hidden = hiddenSize();
        var embeddings = new float[ids.length * hidden];
        for (int i = 0; i < ids.length; i++) {
            transformer.embed(ids[i], embeddings, i * hidden);
        }
        return embeddings;
    }

    @Override
    public float[] embedTokens(float[] tokens, int rows) {
        return projectors.embed(team, tokens, rows);
    }

    private record CpuSequence(KvCache cache) implements Sequence {
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
            return new CpuSequence(withinLimit(() -> cache.fork(Math.max(capacity, cache.length()))));
        }

        @Override
        public void reserve(int more) {
            withinLimit(() -> {
                cache.reserve(more);
                return cache;
            });
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

    private static <T> T withinLimit(Supplier<T> work) {
        try {
            return work.get();
        } catch (KvCacheFullException e) {
            throw new MemoryException(e.getMessage()
                    + "; draw fewer or smaller pictures, end conversations, or raise the limit (-Xmx, CacheOptions)");
        }
    }

    @Override
    public Sequence newSequence(int offset, int capacity) {
        return new CpuSequence(withinLimit(() -> transformer.newCache(offset, capacity)));
    }

    private static KvCache cacheOf(Sequence sequence) {
        if (sequence instanceof CpuSequence(var cache)) {
            return cache;
        }
        throw new IllegalArgumentException("the sequence belongs to another engine: " + sequence.getClass());
    }

    @Override
    public float[] forward(List<SequenceSpan> spans, float[] inputs) {
        var own = new ArrayList<Span>(spans.size());
        for (var span : spans) {
            own.add(new Span(cacheOf(span.sequence()), span.count()));
        }
        float[] states = withinLimit(() -> transformer.forward(team, own, inputs));
        int hidden = hiddenSize();
        if (states.length == spans.size() * hidden) {
            return states;
        }
        var last = new float[spans.size() * hidden];
        int end = 0;
        for (int i = 0; i < spans.size(); i++) {
            end += spans.get(i).count();
            System.arraycopy(states, (end - 1) * hidden, last, i * hidden, hidden);
        }
        return last;
    }

    @Override
    public float[] logits(float[] hidden, int rows) {
        var head = languageHead();
        if (rows == 1) {
            return head.logits(team, hidden, 0);
        }
        int vocabulary = config.vocabularySize();
        var all = new float[rows * vocabulary];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(head.logits(team, hidden, row), 0, all, row * vocabulary, vocabulary);
        }
        return all;
    }

    @Override
    public float[] conditions(float[] hidden, int[] tokens) {
        int width = hiddenSize();
        float[] conditions = projectors.condition(team, hidden, tokens.length);
        if (precision == Precision.REFERENCE_BF16) {
            for (int row = 0; row < tokens.length; row++) {
                if (tokens[row] == 0) {
                    float[] one = Arrays.copyOfRange(hidden, row * width, (row + 1) * width);
                    System.arraycopy(projectors.firstCondition(team, one, 1), 0, conditions, row * width, width);
                }
            }
        }
        return conditions;
    }

    @Override
    public float[] sample(List<TokenDraw> draws, float[] conditions) {
        var requests = new ArrayList<TokenSampler.Request>(draws.size());
        for (var draw : draws) {
            var sampler = samplers.computeIfAbsent(
                    new SamplerKind(draw.sampler(), draw.steps(), draw.timestepShift(), draw.guidance()),
                    kind -> new TokenSampler(team, flowHead, kind.sampler, kind.steps, kind.shift, kind.guidance));
            requests.add(
                    new TokenSampler.Request(sampler, draw.guidanceRows(), draw.token(), draw.total(), draw.draws()));
        }
        return TokenSampler.sampleAll(team, flowHead, requests, conditions);
    }

    @Override
    public float[] normalize(float[] tokens, int rows) {
        float[] normalized = tokens.clone();
        projectors.normalize(normalized, rows);
        return normalized;
    }

    @Override
    public Planes encode(Planes pixels, DecodeProgress progress) {
        return imageTokenizer.latent(imageTokenizer.encode(pixels, progress));
    }

    @Override
    public Planes decode(Planes latent, DecodeProgress progress) {
        return imageTokenizer.decode(latent, progress);
    }

    @Override
    public long forwardBytes(int positions) {
        return positions * transformer.workBytesPerRow(config);
    }

    @Override
    public long samplingBytes(int rows, int steps) {
        return Math.min(64L << 20, (long) rows * steps * flowHead.modulationFloats() * Float.BYTES);
    }

    @Override
    public long decodingBytes(int height, int width) {
        return imageTokenizer.decodeBytes(height, width);
    }

    @Override
    public void close() {
        team.close();
    }
}
