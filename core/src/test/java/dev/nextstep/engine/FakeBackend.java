package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.vae.DecodeProgress;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine without a model: hidden states and tokens are sums of what the sequence has seen, so that a wrong row shows. It
 * keeps account of what is asked of it, and fails when told to.
 */
final class FakeBackend implements ModelBackend, BackendProvider {
    static final int HIDDEN = 2;

    /** Positions of each span of each forward call. */
    final List<List<Integer>> passes = new CopyOnWriteArrayList<>();
    /** Pictures of each call of sample. */
    final List<Integer> samples = new CopyOnWriteArrayList<>();

    /** Positions of all sequences, reserved ones included. */
    final AtomicInteger usedPositions = new AtomicInteger();

    final AtomicInteger openSequences = new AtomicInteger();
    volatile CacheLayout layout = new CacheLayout(8, 1, 1L << 40);
    volatile Runnable beforePass = () -> {};
    volatile Runnable beforeSampling = () -> {};

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String description() {
        return "sums";
    }

    @Override
    public ModelBackend open(ModelDirectory directory, LoadOptions options) {
        return this;
    }

    private final class Sums implements Sequence {
        private final int offset;
        private final List<Float> entries = new ArrayList<>();
        private boolean isClosed;

        private int held;
        private int shared;

        Sums(int offset) {
            this.offset = offset;
            openSequences.incrementAndGet();
        }

        @Override
        public void reserve(int more) {
            int missing = entries.size() + more - held;
            if (missing > 0) {
                if ((usedPositions.get() + missing) * 8L > layout.limitBytes()) {
                    throw new MemoryException("full");
                }
                usedPositions.addAndGet(missing);
                held += missing;
            }
        }

        Sums reserveOrClose(int more) {
            try {
                reserve(more);
                return this;
            } catch (MemoryException e) {
                close();
                throw e;
            }
        }

        float sum() {
            float sum = offset;
            for (int i = 0; i < entries.size(); i++) {
                sum = (sum + (i + 1) * entries.get(i)) % 97;
            }
            return sum;
        }

        @Override
        public int length() {
            return entries.size();
        }

        @Override
        public int offset() {
            return offset;
        }

        @Override
        public Sequence fork(int capacity) {
            var copy = new Sums(offset);
            copy.entries.addAll(entries);
            copy.held = entries.size(); // shared
            copy.shared = entries.size();
            copy.reserveOrClose(Math.max(0, capacity - entries.size()));
            return copy;
        }

        @Override
        public void truncate(int newLength) {
            entries.subList(newLength, entries.size()).clear();
            if (newLength < shared) {
                held -= shared - newLength;
                shared = newLength;
            }
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                usedPositions.addAndGet(shared - held);
                openSequences.decrementAndGet();
            }
        }
    }

    @Override
    public int hiddenSize() {
        return HIDDEN;
    }

    @Override
    public int tokenDim() {
        return 1;
    }

    @Override
    public CacheLayout cache() {
        return layout;
    }

    @Override
    public float[] embed(int[] ids) {
        var embedded = new float[ids.length * HIDDEN];
        for (int i = 0; i < ids.length; i++) {
            embedded[i * HIDDEN] = ids[i] % 89;
        }
        return embedded;
    }

    @Override
    public float[] embedTokens(float[] tokens, int rows) {
        var embedded = new float[rows * HIDDEN];
        for (int i = 0; i < rows; i++) {
            embedded[i * HIDDEN] = tokens[i];
        }
        return embedded;
    }

    @Override
    public Sequence newSequence(int offset, int capacity) {
        return new Sums(offset).reserveOrClose(capacity);
    }

    @Override
    public float[] forward(List<SequenceSpan> spans, float[] inputs) {
        passes.add(spans.stream().map(SequenceSpan::count).toList());
        beforePass.run();
        var hidden = new float[spans.size() * HIDDEN];
        int row = 0;
        for (int i = 0; i < spans.size(); i++) {
            var sums = (Sums) spans.get(i).sequence();
            if (sums.isClosed) {
                throw new IllegalStateException("a closed sequence");
            }
            sums.reserve(spans.get(i).count());
            for (int k = 0; k < spans.get(i).count(); k++, row++) {
                sums.entries.add(inputs[row * HIDDEN]);
            }
            Arrays.fill(hidden, i * HIDDEN, (i + 1) * HIDDEN, sums.sum());
        }
        return hidden;
    }

    @Override
    public float[] logits(float[] hidden, int rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public float[] conditions(float[] hidden, int[] tokens) {
        return hidden.clone();
    }

    @Override
    public float[] sample(List<TokenDraw> draws, float[] conditions) {
        samples.add(draws.size());
        beforeSampling.run();
        var tokens = new float[draws.size()];
        int row = 0;
        var noise = new float[1];
        for (int i = 0; i < tokens.length; i++) {
            draws.get(i).draws().fill(0, noise);
            tokens[i] = noise[0];
            for (int r = 0; r < draws.get(i).guidanceRows(); r++, row++) {
                tokens[i] += (r + 1) * conditions[row * HIDDEN];
            }
        }
        return tokens;
    }

    @Override
    public float[] normalize(float[] tokens, int rows) {
        return tokens.clone();
    }

    @Override
    public Planes encode(Planes pixels, DecodeProgress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Planes decode(Planes latent, DecodeProgress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long forwardBytes(int positions) {
        return positions;
    }

    @Override
    public long samplingBytes(int rows, int steps) {
        return rows;
    }

    @Override
    public long decodingBytes(int height, int width) {
        return 1;
    }

    @Override
    public void close() {}
}
