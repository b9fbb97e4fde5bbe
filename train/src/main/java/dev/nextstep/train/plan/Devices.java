package dev.nextstep.train.plan;

import java.util.OptionalDouble;

/**
 * What a stage is to be trained on.
 *
 * @param count devices that share the parts of a step, 1 or more
 * @param memory bytes of each; empty if it does not matter
 * @param flops operations that each does in a second at best, more than 0
 * @param utilisation share of them that a training reaches, more than 0 to 1
 * @param attention how they compute attention
 * @param workers passes that go on at once on one device, each with gradients of its own, 1 or more
 */
public record Devices(
        int count, OptionalDouble memory, double flops, double utilisation, AttentionKernel attention, int workers) {
    /** Checks the ranges. */
    public Devices {
        if (count < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "devices %d and workers %d must be at least 1".formatted(count, workers));
        }
        if (!(flops > 0) || !(memory.orElse(1) > 0)) {
            throw new IllegalArgumentException("operations a second and memory of a device must be more than 0");
        }
        if (!(utilisation > 0 && utilisation <= 1)) {
            throw new IllegalArgumentException("utilisation is " + utilisation + ", allowed is above 0 to 1");
        }
    }

    /** Seconds for so many operations on one device. */
    double seconds(double operations) {
        return operations / (flops * utilisation);
    }
}
