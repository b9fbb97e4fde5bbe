package dev.nextstep.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** How much is measured. Figures of one effort are not comparable with those of the other. */
public enum Effort {
    /** For figures that are to be believed: minutes. */
    FULL(
            7,
            Duration.ofMillis(100),
            4096,
            14_336,
            256 << 20,
            List.of(16, 64, 256, 1024),
            List.of(1, 2, 4, 8),
            OptionalInt.empty(),
            Duration.ofMinutes(1)),
    /** To see that everything works: one round of small matrices, short pictures and few steps. */
    QUICK(
            1,
            Duration.ofMillis(1),
            256,
            512,
            1 << 20,
            List.of(16),
            List.of(1, 2),
            OptionalInt.of(2),
            Duration.ofSeconds(20));

    private final int rounds;
    private final Duration leastRound;
    private final int outputs;
    private final int inputs;
    private final int streamedBytes;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of above
    private final List<Integer> lengths;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of above
    private final List<Integer> batches;

    private final OptionalInt steps;
    private final Duration budget;

    Effort(
            int rounds,
            Duration leastRound,
            int outputs,
            int inputs,
            int streamedBytes,
            List<Integer> lengths,
            List<Integer> batches,
            OptionalInt steps,
            Duration budget) {
        this.rounds = rounds;
        this.leastRound = leastRound;
        this.outputs = outputs;
        this.inputs = inputs;
        this.streamedBytes = streamedBytes;
        this.lengths = lengths;
        this.batches = batches;
        this.steps = steps;
        this.budget = budget;
    }

    /** The name in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Rounds of which the median counts. */
    int rounds() {
        return rounds;
    }

    /** Short work is repeated within a round until that much time is over. */
    Duration leastRound() {
        return leastRound;
    }

    /** Outputs of the matrices: with {@link #inputs}, by default, the shape of the widest products of the 14 B model. */
    int outputs() {
        return outputs;
    }

    /** Inputs of the matrices; a multiple of every block length. */
    int inputs() {
        return inputs;
    }

    /** Bytes that pass by before the same memory is read again: more than caches hold. */
    int streamedBytes() {
        return streamedBytes;
    }

    /** Image tokens of a picture, ascending squares. */
    List<Integer> lengths() {
        return lengths;
    }

    /** Pictures drawn together, ascending. */
    List<Integer> batches() {
        return batches;
    }

    /** Sampling steps of a token, if not the model's own. */
    OptionalInt steps() {
        return steps;
    }

    /** What one item of a large model may take; the rest of it is estimated or left out, and the report says so. */
    Duration budget() {
        return budget;
    }
}
