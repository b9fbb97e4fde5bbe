package dev.nextstep.cli.bench;

import java.util.List;
import java.util.Objects;

/**
 * A run beside an earlier one.
 *
 * @param before the earlier run
 * @param changes everything that both measured under the same conditions
 */
public record Comparison(HistoryEntry before, List<Change> changes) {
    /** A median that is larger by more than this share counts as worse, if the middle halves of the rounds lie apart. */
    public static final double THRESHOLD = 0.15;

    public Comparison {
        changes = List.copyOf(changes);
    }

    /** What a measure did. */
    public enum Verdict {
        /** Larger by more than the threshold, and not by chance as far as quartiles tell. */
        WORSE,
        /** The same the other way. */
        BETTER,
        /** Neither. */
        SAME
    }

    /**
     * One measure in both runs.
     *
     * @param name of the measure
     * @param before in the earlier run
     * @param now in this one
     */
    public record Change(String name, Measure before, Measure now) {

        /** Now over before: above 1 is worse. */
        double ratio() {
            return now.value().median() / before.value().median();
        }

        /** What it did. Times of one round each are no reason to say anything: nobody knows how they are spread. */
        public Verdict verdict() {
            if (now.unit() == Measure.Unit.SECONDS
                    && (now.value().isOne() || before.value().isOne())) {
                return Verdict.SAME;
            }
            if (exceeds(now.value(), before.value())) {
                return Verdict.WORSE;
            }
            return exceeds(before.value(), now.value()) ? Verdict.BETTER : Verdict.SAME;
        }

        private static boolean exceeds(Quartiles a, Quartiles b) {
            return a.median() > b.median() * (1 + THRESHOLD) && a.lower() > b.upper();
        }
    }

    static Comparison of(HistoryEntry before, HistoryEntry now) {
        return new Comparison(
                before,
                now.measures().entrySet().stream()
                        .filter(measure -> now.isComparable(before, measure.getKey()))
                        .map(measure -> new Change(
                                measure.getKey(),
                                Objects.requireNonNull(before.measures().get(measure.getKey())),
                                measure.getValue()))
                        .toList());
    }

    /** Those that did the same thing. */
    public List<Change> changes(Verdict verdict) {
        return changes.stream().filter(change -> change.verdict() == verdict).toList();
    }

    /** How often worse, how often better, compared with when. */
    String summary() {
        return "compared with %s (version %s): %d of %d measures worse, %d better, by more than %s and with quartiles apart"
                .formatted(
                        before.at(),
                        before.version(),
                        changes(Verdict.WORSE).size(),
                        changes.size(),
                        changes(Verdict.BETTER).size(),
                        Figures.percent(THRESHOLD));
    }
}
