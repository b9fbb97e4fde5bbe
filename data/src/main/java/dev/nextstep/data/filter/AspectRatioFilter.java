package dev.nextstep.data.filter;

/**
 * Pictures that are not too long; of several, the longest counts (spec §8.7; the paper uses 6).
 *
 * @param max longer side ÷ shorter side, from 1 on
 */
public record AspectRatioFilter(double max) implements Filter {
    /** Checks the range. */
    public AspectRatioFilter {
        if (!(max >= 1)) {
            throw new IllegalArgumentException("the largest aspect ratio must be at least 1, got " + max);
        }
    }

    @Override
    public String name() {
        return "aspect_ratio";
    }

    @Override
    public String rule() {
        return "longer side / shorter side at most %s".formatted(max);
    }

    @Override
    public Verdict judge(Candidate candidate) {
        var ratio = candidate.pictures().stream()
                .mapToDouble(p -> (double) Math.max(p.width(), p.height()) / Math.min(p.width(), p.height()))
                .max();
        return ratio.isEmpty() ? Verdict.PASSED : Verdict.atMost(ratio.getAsDouble(), max);
    }
}
