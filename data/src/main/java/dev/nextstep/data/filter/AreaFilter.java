package dev.nextstep.data.filter;

/**
 * Pictures whose area lies within bounds, all of them (spec §8.7).
 *
 * @param min pixels, from 1 on
 * @param max pixels, not below min
 */
public record AreaFilter(long min, long max) implements Filter {
    /** Checks the range. */
    public AreaFilter {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("areas from %d to %d pixels".formatted(min, max));
        }
    }

    @Override
    public String name() {
        return "area";
    }

    @Override
    public String rule() {
        return max == Long.MAX_VALUE
                ? "area at least %d pixels".formatted(min)
                : "area from %d to %d pixels".formatted(min, max);
    }

    /** Measures the area that breaks the rule, or else the smallest. */
    @Override
    public Verdict judge(Candidate candidate) {
        var areas = candidate.pictures().stream()
                .mapToDouble(p -> (double) p.width() * p.height())
                .summaryStatistics();
        if (areas.getCount() == 0) {
            return Verdict.PASSED;
        }
        return areas.getMax() > (double) max
                ? Verdict.atMost(areas.getMax(), (double) max)
                : Verdict.atLeast(areas.getMin(), (double) min);
    }
}
