package dev.nextstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows of whoever has some, through the transformer in one call. */
final class ForwardPass {
    private final ModelBackend backend;
    private final List<Part> parts = new ArrayList<>();
    private int positions;

    private record Part(SequenceSpan span, float[] inputs, int from, Consumer<float[]> receiver) {}

    ForwardPass(ModelBackend backend) {
        this.backend = backend;
    }

    /**
     * Adds positions.
     *
     * @param inputs embeddings [count, hidden] from {@code from} on
     * @param receiver gets the hidden state [hidden] of the last of them
     */
    void add(Sequence sequence, int count, float[] inputs, int from, Consumer<float[]> receiver) {
        parts.add(new Part(new SequenceSpan(sequence, count), inputs, from, receiver));
        positions += count;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Computes all and hands out the hidden states. */
    void run() {
        if (parts.isEmpty()) {
            return;
        }
        int hidden = backend.hiddenSize();
        var inputs = new float[positions * hidden];
        int at = 0;
        for (var part : parts) {
            int values = part.span.count() * hidden;
            System.arraycopy(part.inputs, part.from, inputs, at, values);
            at += values;
        }
        float[] states = backend.forward(parts.stream().map(Part::span).toList(), inputs);
        for (int i = 0; i < parts.size(); i++) {
            var state = new float[hidden];
            System.arraycopy(states, i * hidden, state, 0, hidden);
            parts.get(i).receiver.accept(state);
        }
    }
}
