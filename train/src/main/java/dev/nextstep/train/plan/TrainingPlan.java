package dev.nextstep.train.plan;

import dev.nextstep.train.model.GradientCheckpointing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a stage of training costs.
 *
 * @param kind the word under {@code kind} of the recipe
 * @param parameters that are trained
 * @param imageTokenizer those of the frozen image tokenizer; empty when it is itself trained
 * @param parts of a step
 * @param step tokens of a step, all parts
 * @param flops of a step, all parts
 * @param steps of the stage; empty if the recipe ends it in a way that cannot be told without data
 * @param memory of a device
 * @param checkpointing as the recipe says
 * @param devices what it is trained on
 * @param assumptions what was supposed, for the reader
 */
public record TrainingPlan(
        String kind,
        ParameterCounts parameters,
        Optional<ParameterCounts> imageTokenizer,
        int parts,
        StepTokens step,
        StepFlops flops,
        OptionalDouble steps,
        DeviceMemory memory,
        GradientCheckpointing checkpointing,
        Devices devices,
        List<String> assumptions) {
    /** Copies the list. */
    public TrainingPlan {
        assumptions = List.copyOf(assumptions);
    }

    /** Seconds of a step: as long as the device with most parts takes. */
    public double stepSeconds() {
        return stepSeconds(flops, parts, devices);
    }

    static double stepSeconds(StepFlops flops, int parts, Devices devices) {
        double partsOfADevice = Math.ceil(parts / (double) devices.count());
        double ofParts = (flops.total() - flops.optimizer()) / parts * partsOfADevice;
        return devices.seconds(ofParts + flops.optimizer());
    }

    /** Days of the stage, computing alone; empty as {@link #steps}. */
    public OptionalDouble days() {
        return steps.isPresent()
                ? OptionalDouble.of(steps.getAsDouble() * stepSeconds() / 86_400)
                : OptionalDouble.empty();
    }

    /** Tokens of the stage, padding included; empty as {@link #steps}. */
    public OptionalDouble tokens() {
        return steps.isPresent() ? OptionalDouble.of(steps.getAsDouble() * step.positions()) : OptionalDouble.empty();
    }

    /** Operations of the stage; empty as {@link #steps}. */
    public OptionalDouble totalFlops() {
        return steps.isPresent() ? OptionalDouble.of(steps.getAsDouble() * flops.total()) : OptionalDouble.empty();
    }
}
