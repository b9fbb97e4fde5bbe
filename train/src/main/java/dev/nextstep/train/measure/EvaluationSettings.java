package dev.nextstep.train.measure;

import dev.nextstep.DrawingOptions;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.image.Pixels;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How much is measured, and how.
 *
 * @param parts what is measured, at least one
 * @param size side of the pictures in pixels: a multiple of 16 that divides the set's
 * @param prompts how many seen prompts and how many held-out ones are drawn, 1 to 100,000
 * @param edits how many edits are drawn, evenly over the kinds, 1 to 100,000
 * @param reconstructions how many pictures the tokenizer is measured on, 1 to 100,000
 * @param guidanceScale guidance instead of the model's default, for pictures from words; editing keeps its own
 * @param seed decides which cases are chosen, the seed of each drawing, and the style classifier
 * @param threads pictures drawn at the same time, 1 to 1024
 */
public record EvaluationSettings(
        Set<Part> parts,
        int size,
        int prompts,
        int edits,
        int reconstructions,
        OptionalDouble guidanceScale,
        long seed,
        int threads) {
    private static final int MOST = 100_000;

    /** What can be measured. */
    public enum Part {
        /** What the image tokenizer keeps. */
        RECONSTRUCTION,
        /** Whether drawn pictures show the prompted glyph. */
        RETRIEVAL,
        /** Whether drawn pictures have the prompted style. */
        STYLE,
        /** Whether edits go the right way. */
        EDITS
    }

    /** Everything at 64 pixels: 300 prompts, 300 edits, 300 reconstructions, seed 1, one thread. */
    public static final EvaluationSettings DEFAULT =
            new EvaluationSettings(EnumSet.allOf(Part.class), 64, 300, 300, 300, OptionalDouble.empty(), 1, 1);

    /** Checks the ranges. */
    public EvaluationSettings {
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure; name at least one part");
        }
        if (size < ColourGrid.FIELDS || size > 2048 || size % ColourGrid.FIELDS != 0) {
            throw new IllegalArgumentException("size must be a multiple of 16 from 16 to 2048 pixels, not " + size);
        }
        requireCount(prompts, "prompts");
        requireCount(edits, "edits");
        requireCount(reconstructions, "reconstructions");
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be between 1 and 1024, not " + threads);
        }
    }

    private static void requireCount(int count, String what) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(
                    "the number of %s must be between 1 and %d, not %d".formatted(what, MOST, count));
        }
    }

    DrawingOptions generateOptions() {
        var builder = GenerateRequest.builder("").size(size, size);
        guidanceScale.ifPresent(scale -> builder.guidanceScale((float) scale));
        return builder.build().options();
    }

    DrawingOptions editOptions() {
        var any = Pixels.of(1, 1, new byte[3]);
        return EditRequest.builder("", any).size(size, size).build().options();
    }
}
