package dev.nextstep.workflow.command;

import dev.nextstep.DrawingSettings;
import dev.nextstep.cli.QualityPresets;
import dev.nextstep.data.DataException;
import dev.nextstep.workflow.config.SettingsFile;
import dev.nextstep.workflow.preset.PresetScaling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Presets of {@code generate}: those that are built in, and those of {@code nextstep.yaml} in the current folder. */
public final class PresetsOfSettings implements QualityPresets {
    @Override
    public OnModel on(String name, DrawingSettings model) {
        try {
            var settings = SettingsFile.load(Optional.empty(), Path.of(""), System.getenv());
            var scaled = PresetScaling.of(settings.preset(name), model);
            String plain = String.format(
                    Locale.ROOT,
                    "preset %s: %d pixels, %d steps, guidance %.1f",
                    name,
                    scaled.side(),
                    scaled.steps(),
                    scaled.guidance());
            return new OnModel(scaled.options(), scaled.explanation().isEmpty() ? plain : scaled.explanation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DataException e) {
            throw new IllegalArgumentException("--quality: " + e.getMessage(), e);
        }
    }
}
