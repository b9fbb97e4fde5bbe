package dev.nextstep.cli.bench;

import dev.nextstep.DrawingSettings;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import java.util.Locale;

/** What is drawn: the model's own settings, and prompts that are new every time but of the same length. */
final class Workload {
    private static final int FIRST = 100;
    private static final int NUMBERS = 900;

    private final NextStep model;
    private final Effort effort;
    private int prompts;

    Workload(NextStep model, Effort effort) {
        this.model = model;
        this.effort = effort;
    }

    /** A prompt that the model has not read yet: it keeps what it has read for a while. */
    String nextPrompt() {
        return "a red heart %d".formatted(FIRST + prompts++ % NUMBERS);
    }

    DrawingSettings settings() {
        return model.generateDefaults();
    }

    int steps() {
        return Math.max(
                settings().sampler().minSteps(),
                effort.steps().orElse(settings().steps()));
    }

    GenerateRequest request(int pictures) {
        return GenerateRequest.builder(nextPrompt())
                .count(pictures)
                .seed(1)
                .steps(steps())
                .build();
    }

    /** In words. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d x %d pixels, %d steps, guidance %s",
                settings().width(),
                settings().height(),
                steps(),
                settings().guidanceScale());
    }
}
