package dev.nextstep;

import java.util.Locale;

/**
 * All that is needed to draw a picture again.
 *
 * @param task {@code generate} or {@code edit}
 * @param prompt prompt or instruction as the user gave it
 * @param settings every setting
 * @param seed seed of the request
 * @param index index of the picture in its request
 * @param model name of the model: its folder's name
 * @param version version of this program
 */
public record Recipe(
        String task, String prompt, DrawingSettings settings, long seed, int index, String model, String version) {

    /** The settings as lines that people and other programs read: prompt, negative prompt, then {@code Key: value} pairs. */
    public String toText() {
        var text = new StringBuilder(prompt);
        if (!settings.negativePrompt().isEmpty()) {
            text.append("\nNegative prompt: ").append(settings.negativePrompt());
        }
        text.append(String.format(
                Locale.ROOT,
                "%nSteps: %d, Sampler: %s, CFG scale: %s, Seed: %d, Size: %dx%d, Model: %s, Version: nextstep4j %s",
                settings.steps(),
                settings.sampler().id(),
                settings.guidanceScale(),
                seed,
                settings.width(),
                settings.height(),
                model,
                version));
        return text.toString();
    }
}
