package dev.nextstep.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * With which settings a picture was generated, as far as its texts say. Strings are empty where nothing is said.
 *
 * @param tool that wrote the texts, such as {@code webui} or {@code ComfyUI}
 * @param prompt what the picture should show
 * @param negativePrompt what it should not
 * @param steps sampling steps
 * @param sampler as the tool spells it
 * @param cfgScale guidance scale, finite
 * @param seed of the first noise; a larger one than fits is in {@code extra}
 * @param width in pixels
 * @param height in pixels
 * @param model name of the model
 * @param modelHash as the tool shortens it
 * @param extra all other settings, in the order of the text
 */
public record GenerationParameters(
        String tool,
        String prompt,
        String negativePrompt,
        OptionalInt steps,
        String sampler,
        OptionalDouble cfgScale,
        OptionalLong seed,
        OptionalInt width,
        OptionalInt height,
        String model,
        String modelHash,
        Map<String, String> extra) {
    /** Nothing known. */
    public static final GenerationParameters EMPTY = new GenerationParameters(
            "",
            "",
            "",
            OptionalInt.empty(),
            "",
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            "",
            "",
            Map.of());

    public GenerationParameters {
        if (cfgScale.isPresent() && !Double.isFinite(cfgScale.getAsDouble())) {
            throw new IllegalArgumentException("cfgScale must be finite, got " + cfgScale.getAsDouble());
        }
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /**
     * The settings that a picture's texts hold, in the forms of AUTOMATIC1111's and Forge's webui, ComfyUI, InvokeAI,
     * NovelAI and Fooocus; nothing if there are none.
     */
    public static Optional<GenerationParameters> find(PictureTexts texts) {
        return GenerationTexts.find(texts);
    }

    /**
     * Reads the text that webui keeps under {@code parameters}; never fails, because any text is at least a prompt. A JSON
     * object under that name is read as Fooocus and others write it.
     */
    public static GenerationParameters parse(String text) {
        return GenerationTexts.parameters(text);
    }

    /**
     * The text that webui writes, with its quoting. {@link #parse} makes the same settings of it: where the form cannot hold
     * them (a prompt with a line that looks like settings, a strange name in {@code extra}), one more field, which webui
     * shows and ignores, holds all of them as JSON.
     */
    public String toWebui() {
        return WebuiText.write(this);
    }
}
