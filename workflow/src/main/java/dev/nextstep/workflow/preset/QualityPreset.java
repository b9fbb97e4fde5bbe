package dev.nextstep.workflow.preset;

import java.util.List;

/**
 * A named quality as practitioners use it, in the terms of the official model: sides up to 1,024 pixels, a guidance whose usual
 * value is 7.5. {@link PresetScaling} says what it means on another model.
 *
 * @param name as on the command line
 * @param side of a square picture, 64 to 4096 pixels
 * @param steps of the sampler, 1 to 10000
 * @param guidance guidance scale, 1 to 1000
 */
public record QualityPreset(String name, int side, int steps, double guidance) {
    /** Quick looks. */
    public static final QualityPreset DRAFT = new QualityPreset("draft", 512, 20, 6.0);
    /** What is used unless something else is asked for. */
    public static final QualityPreset STANDARD = new QualityPreset("standard", 768, 28, 7.5);
    /** For what will be shown. */
    public static final QualityPreset PREMIUM = new QualityPreset("premium", 1024, 40, 8.5);
    /** Drawings that explain. */
    public static final QualityPreset EDUCATIONAL = new QualityPreset("educational", 1024, 35, 8.0);

    /** The four, in this order. */
    public static final List<QualityPreset> BUILT_IN = List.of(DRAFT, STANDARD, PREMIUM, EDUCATIONAL);

    /** Checks the ranges. */
    public QualityPreset {
        if (!name.matches("[a-z][a-z0-9_-]{0,39}")) {
            throw new IllegalArgumentException(
                    "a preset's name is 1 to 40 lower-case letters, digits, _ and -, not '" + name + "'");
        }
        if (side < 64 || side > 4096) {
            throw new IllegalArgumentException("size of preset %s is %d, allowed is 64 to 4096".formatted(name, side));
        }
        if (steps < 1 || steps > 10_000) {
            throw new IllegalArgumentException(
                    "steps of preset %s are %d, allowed is 1 to 10000".formatted(name, steps));
        }
        if (!(guidance >= 1 && guidance <= 1000)) {
            throw new IllegalArgumentException(
                    "guidance of preset %s is %s, allowed is 1 to 1000".formatted(name, guidance));
        }
    }
}
