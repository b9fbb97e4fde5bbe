package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import java.util.ServiceLoader;

/** Qualities by name, such as {@code draft}; another module brings them, found by {@link ServiceLoader}. */
public interface QualityPresets {
    /**
     * What a preset means on a model.
     *
     * @param options what it decides; the rest is open
     * @param explanation one line for the user
     */
    record OnModel(DrawingOptions options, String explanation) {
        /** Other options with what the preset decides in their place. */
        DrawingOptions over(DrawingOptions base) {
            return base.withSize(options.width(), options.height()).withSteps(options.steps(), options.guidanceScale());
        }
    }

    /**
     * A preset on a model with these settings.
     *
     * @throws IllegalArgumentException listing the names if there is none of that name
     */
    OnModel on(String name, DrawingSettings model);

    /**
     * Those of this program.
     *
     * @throws IllegalArgumentException if the module that brings them is not here
     */
    static QualityPresets here() {
        return ServiceLoader.load(QualityPresets.class)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--quality: the module workflow, which brings presets, is not on the class path"));
    }
}
