package dev.nextstep.workflow.template;

import dev.nextstep.DrawingSettings;
import dev.nextstep.workflow.preset.PresetScaling;

/** Which prompts of a workflow are used. */
public enum PromptLength {
    /** Those with all that a large model understands. */
    FULL,
    /** The short ones, where a picture has one: for small models that know names of things and little more. */
    SHORT;

    /** Which ones suit a model with such defaults. */
    public static PromptLength of(DrawingSettings defaults) {
        return PresetScaling.isSmall(defaults) ? SHORT : FULL;
    }
}
