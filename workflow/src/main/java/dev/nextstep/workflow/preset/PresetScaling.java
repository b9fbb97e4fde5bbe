package dev.nextstep.workflow.preset;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import java.util.Locale;

/**
 * Says what a preset means on a model: one that was made for smaller pictures draws at its own sizes, and guidance keeps its place
 * relative to what the model likes. Nothing of this is silent: {@link Scaled#explanation} is for the user.
 */
public final class PresetScaling {
    /** From this side on a model takes presets as they stand. */
    public static final int FULL_SIDE = 512;

    private static final int GRID = 16;
    private static final double USUAL_GUIDANCE = QualityPreset.STANDARD.guidance();

    private PresetScaling() {}

    /**
     * A preset on a model.
     *
     * @param preset what was asked for
     * @param side of a square picture, in pixels
     * @param steps of the sampler
     * @param guidance guidance scale
     * @param explanation one line that says what became of the preset, empty if nothing
     */
    public record Scaled(QualityPreset preset, int side, int steps, float guidance, String explanation) {
        /** What became of its size alone, where steps and guidance are given; empty if nothing. */
        public String explanationOfSize() {
            return side == preset.side()
                    ? ""
                    : "preset %s (%d pixels) is %d pixels on this model".formatted(preset.name(), preset.side(), side);
        }

        /** As options of a request. */
        public DrawingOptions options() {
            return DrawingOptions.NONE.withSize(side, side).withSteps(steps, guidance);
        }
    }

    /** Whether a model was made for pictures so small that presets must be scaled. */
    public static boolean isSmall(DrawingSettings model) {
        return Math.max(model.width(), model.height()) < FULL_SIDE;
    }

    /**
     * Scales.
     *
     * @param model the model's own settings
     */
    public static Scaled of(QualityPreset preset, DrawingSettings model) {
        int own = Math.max(model.width(), model.height());
        if (!isSmall(model)) {
            return new Scaled(preset, preset.side(), preset.steps(), (float) preset.guidance(), "");
        }
        int side = Math.max(GRID, own / GRID * GRID);
        // As far above 1, which is no guidance, as the preset is above the usual one's distance.
        double factor = (preset.guidance() - 1) / (USUAL_GUIDANCE - 1);
        float guidance = (float) (1 + (model.guidanceScale() - 1) * factor);
        String explanation = String.format(
                Locale.ROOT,
                "preset %s (%d pixels, %d steps, guidance %.1f) is %d pixels, %d steps, guidance %.1f on this model, which was made for %d pixels",
                preset.name(),
                preset.side(),
                preset.steps(),
                preset.guidance(),
                side,
                preset.steps(),
                guidance,
                own);
        return new Scaled(preset, side, preset.steps(), guidance, explanation);
    }
}
