package dev.nextstep.data.filter;

import dev.nextstep.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Account of one step while a run goes on. */
final class StepRecord {
    private static final int BARS = 24;
    private static final int KEYS = 200;

    private final String name;
    private final String rule;
    private final Function<Candidate, Verdict> judge;
    private final Histogram histogram = new Histogram();
    private final Gallery dropped;
    private final List<String> droppedKeys = new ArrayList<>();
    private long in;
    private long out;

    StepRecord(String name, String rule, Function<Candidate, Verdict> judge) {
        this.name = name;
        this.rule = rule;
        this.judge = judge;
        this.dropped = new Gallery(name.hashCode());
    }

    String name() {
        return name;
    }

    boolean keeps(Candidate candidate) {
        in++;
        var verdict = judge.apply(candidate);
        verdict.measured().ifPresent(value -> histogram.add(value, verdict.kept()));
        if (verdict.kept()) {
            out++;
        } else {
            note(candidate.sample());
            dropped.add(candidate);
        }
        return verdict.kept();
    }

    void dropUnreadable(Sample sample) {
        in++;
        note(sample);
    }

    private void note(Sample sample) {
        if (droppedKeys.size() < KEYS) {
            droppedKeys.add(sample.key());
        }
    }

    DropReport.Step report() {
        return new DropReport.Step(
                name,
                rule,
                in,
                out,
                histogram.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(histogram.bars(BARS)),
                List.copyOf(droppedKeys),
                dropped.pictures());
    }
}
