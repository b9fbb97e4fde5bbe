package dev.nextstep.data.filter;

import dev.nextstep.data.Sample;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples through a list of steps, one after the other. A sample goes to the next step if the one before kept it. Keeps
 * account of all for the report. Not thread-safe.
 */
public final class FilterRun {
    private final PictureReader reader;
    private final List<StepRecord> steps = new ArrayList<>();
    private final Gallery kept = new Gallery(0);
    private long in;
    private long out;

    /**
     * A run through these steps.
     *
     * @param filters in their order; cheap ones should come first
     * @param reader decodes the pictures. One that cannot be decoded is dropped by a step named {@code readable}, which
     *     comes before all others
     */
    public FilterRun(List<Filter> filters, PictureReader reader) {
        this.reader = reader;
        steps.add(new StepRecord("readable", "every picture can be decoded", _ -> Verdict.PASSED));
        for (var filter : filters) {
            steps.add(new StepRecord(freeName(filter.name()), filter.rule(), filter::judge));
        }
    }

    private String freeName(String name) {
        String free = name;
        for (int i = 2; isTaken(free); i++) {
            free = name + " " + i;
        }
        return free;
    }

    private boolean isTaken(String name) {
        return steps.stream().anyMatch(step -> step.name().equals(name));
    }

    /** Whether all steps keep a sample. */
    public boolean keeps(Sample sample) {
        in++;
        var candidate = new Candidate(sample, reader);
        try {
            candidate.pictures();
        } catch (PictureException e) {
            steps.getFirst().dropUnreadable(sample);
            return false;
        }
        for (var step : steps) {
            if (!step.keeps(candidate)) {
                return false;
            }
        }
        out++;
        kept.add(candidate);
        return true;
    }

    /** What happened so far. */
    public DropReport report() {
        return new DropReport(in, out, steps.stream().map(StepRecord::report).toList(), kept.pictures());
    }
}
