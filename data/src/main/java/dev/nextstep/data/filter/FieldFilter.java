package dev.nextstep.data.filter;

/**
 * A number among the fields of a sample, such as a score. The bound has the official meaning (spec §8.7): above 0 it is a
 * minimum, otherwise its amount is a maximum. A sample without the field passes.
 *
 * @param field name of the field
 * @param bound see above
 */
public record FieldFilter(String field, double bound) implements Filter {
    /** Checks the bound. */
    public FieldFilter {
        if (field.isBlank() || !Double.isFinite(bound)) {
            throw new IllegalArgumentException("field '%s' with bound %s".formatted(field, bound));
        }
    }

    @Override
    public String name() {
        return "field " + field;
    }

    @Override
    public String rule() {
        return bound > 0 ? "%s at least %s".formatted(field, bound) : "%s at most %s".formatted(field, Math.abs(bound));
    }

    @Override
    public Verdict judge(Candidate candidate) {
        if (!(candidate.sample().fields().get(field) instanceof Number number)) {
            return Verdict.PASSED;
        }
        return bound > 0
                ? Verdict.atLeast(number.doubleValue(), bound)
                : Verdict.atMost(number.doubleValue(), Math.abs(bound));
    }
}
