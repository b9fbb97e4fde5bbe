package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;

/**
 * Pictures of at least this size; of several, the smallest width and the smallest height count (spec §8.7).
 *
 * @param minWidth pixels, from 1 on
 * @param minHeight pixels, from 1 on
 */
public record SizeFilter(int minWidth, int minHeight) implements Filter {
    /** Checks the ranges. */
    public SizeFilter {
        if (minWidth < 1 || minHeight < 1) {
            throw new IllegalArgumentException("sizes start at 1 pixel, got %d x %d".formatted(minWidth, minHeight));
        }
    }

    @Override
    public String name() {
        return "size";
    }

    @Override
    public String rule() {
        return "width at least %d, height at least %d".formatted(minWidth, minHeight);
    }

    /** Measures how many times the wanted size the picture has in its worse direction. */
    @Override
    public Verdict judge(Candidate candidate) {
        var pictures = candidate.pictures();
        if (pictures.isEmpty()) {
            return Verdict.PASSED;
        }
        int width = pictures.stream().mapToInt(Pixels::width).min().orElse(0);
        int height = pictures.stream().mapToInt(Pixels::height).min().orElse(0);
        return Verdict.atLeast(Math.min((double) width / minWidth, (double) height / minHeight), 1);
    }
}
