package dev.nextstep.workflow.batch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One prompt of a batch with what is said about it; what is left open comes from the batch's settings.
 *
 * @param prompt what to draw; not blank
 * @param count pictures of it, 1 to 4096
 * @param seed of the first picture's random numbers; empty: made from the batch's seed and the place in the list
 * @param preset a quality by name
 * @param area of the picture: its size or its shape
 * @param steps of the sampler
 * @param guidance guidance scale
 * @param negative what the picture should not be
 * @param name instead of the template's {@code {prompt}}
 * @param formats of the files; empty: the batch's
 */
public record BatchJob(
        String prompt,
        int count,
        OptionalLong seed,
        Optional<String> preset,
        Optional<Area> area,
        OptionalInt steps,
        OptionalDouble guidance,
        Optional<String> negative,
        Optional<String> name,
        List<String> formats) {
    /** Most pictures of one prompt. */
    public static final int MOST = 4096;

    /** How large a picture is. */
    public sealed interface Area {
        /**
         * So large.
         *
         * @param width in pixels
         * @param height in pixels
         */
        record Size(int width, int height) implements Area {}

        /**
         * Of this shape, as large as the preset says.
         *
         * @param shape its sides to each other
         */
        record Aspect(Shape shape) implements Area {}
    }

    /** Checks what can be checked without a model. */
    public BatchJob {
        formats = List.copyOf(formats);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("the prompt is empty");
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count is %d, allowed is 1 to %d".formatted(count, MOST));
        }
    }

    /** One picture of a prompt, everything else open. */
    public static BatchJob of(String prompt) {
        return new BatchJob(
                prompt,
                1,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** What is said about all prompts of a list where only the preset may be said; its prompt does not count. */
    public static BatchJob ofPreset(Optional<String> preset) {
        var open = of("-");
        return new BatchJob(
                open.prompt,
                open.count,
                open.seed,
                preset,
                open.area,
                open.steps,
                open.guidance,
                open.negative,
                open.name,
                open.formats);
    }

    /** The same with what is open here taken from another job; prompt, count and name stay. */
    public BatchJob orElse(BatchJob common) {
        return new BatchJob(
                prompt,
                count,
                seed.isPresent() ? seed : common.seed,
                preset.or(() -> common.preset),
                area.or(() -> common.area),
                steps.isPresent() ? steps : common.steps,
                guidance.isPresent() ? guidance : common.guidance,
                negative.or(() -> common.negative),
                name,
                formats.isEmpty() ? common.formats : formats);
    }
}
