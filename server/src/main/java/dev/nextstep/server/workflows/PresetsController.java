package dev.nextstep.server.workflows;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.Doc;
import dev.nextstep.workflow.preset.PresetScaling;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/presets}: what {@code quality} of a list can be, and what each means on this model. */
@RestController
public final class PresetsController {
    private final Studio studio;
    private final ServerSettings settings;

    /** Presets of that server on that model. */
    public PresetsController(Studio studio, ServerSettings settings) {
        this.studio = studio;
        this.settings = settings;
    }

    /**
     * All presets.
     *
     * @param object {@code list}
     * @param data the built-in ones first
     */
    public record Presets(
            @Doc("'list'") String object,

            @Doc("The presets, those that are built in first.")
            List<PresetView> data) {
        public Presets {
            data = List.copyOf(data);
        }
    }

    /**
     * One preset.
     *
     * @param name for {@code quality}
     * @param size side of a square picture on this model, in pixels
     * @param steps sampling steps
     * @param guidanceScale on this model
     * @param description what became of the preset's own numbers; empty if nothing
     */
    public record PresetView(
            @Doc("Its name, for 'quality'.") String name,

            @Doc("Side of a square picture on this model, in pixels.")
            int size,

            @Doc("Sampling steps.") int steps,
            @Doc("Guidance scale on this model.") float guidanceScale,

            @Doc("What became of its numbers on this model; empty if nothing.")
            String description) {
        static PresetView of(PresetScaling.Scaled scaled) {
            return new PresetView(
                    scaled.preset().name(), scaled.side(), scaled.steps(), scaled.guidance(), scaled.explanation());
        }
    }

    /** Those that are built in and those of the server's file. */
    @GetMapping("/v1/presets")
    public Presets list() {
        var defaults = studio.defaults(Task.GENERATE);
        return new Presets(
                "list",
                settings.presets().stream()
                        .map(preset -> PresetView.of(PresetScaling.of(preset, defaults)))
                        .toList());
    }
}
