package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The settings that a reader should find in pictures of the common tools. */
class GenerationParametersGoldenTest {
    @TestFactory
    Stream<DynamicTest> settings() {
        Path folder = Golden.folder("image/png-meta");
        JsonNode index = Golden.json(folder.resolve("index.json"));
        assertThat(index.size()).isPositive();
        return index.valueStream()
                .map(c -> DynamicTest.dynamicTest(c.get("file").asText(), () -> check(folder, c)));
    }

    private static void check(Path folder, JsonNode c) {
        PictureTexts texts = PictureTexts.read(folder.resolve(c.get("file").asText()));
        var found = GenerationParameters.find(texts);
        JsonNode expected = c.path("generation");
        if (expected.isMissingNode() || expected.isNull()) {
            return; // no claim but that reading ends
        }
        if (expected.isEmpty()) {
            assertThat(found).isEmpty();
            return;
        }
        GenerationParameters settings = found.orElseThrow();
        expected.properties().forEach(field -> assertField(settings, field.getKey(), field.getValue()));
        assertThat(GenerationParameters.parse(settings.toWebui())).isEqualTo(settings);
    }

    private static void assertField(GenerationParameters settings, String name, JsonNode expected) {
        switch (name) {
            case "prompt" -> assertThat(settings.prompt()).isEqualTo(text(expected));
            case "negative_prompt" -> assertThat(settings.negativePrompt()).isEqualTo(text(expected));
            case "steps" -> assertThat(settings.steps()).hasValue(expected.asInt());
            case "sampler" -> assertThat(settings.sampler()).isEqualTo(expected.asText());
            case "cfg_scale" -> assertThat(settings.cfgScale()).hasValue(expected.asDouble());
            case "seed" -> assertThat(settings.seed()).hasValue(expected.asLong());
            case "width" -> assertThat(settings.width()).hasValue(expected.asInt());
            case "height" -> assertThat(settings.height()).hasValue(expected.asInt());
            case "model" -> assertThat(settings.model()).isEqualTo(expected.asText());
            case "model_hash" -> assertThat(settings.modelHash()).isEqualTo(expected.asText());
            case "extra" ->
                expected.properties()
                        .forEach(e -> assertThat(settings.extra())
                                .containsEntry(e.getKey(), e.getValue().asText()));
            default -> throw new AssertionError("the golden values name a setting that is not read: " + name);
        }
    }

    /** A text, or one that is described by its repetition. */
    private static String text(JsonNode expected) {
        return expected.isObject()
                ? expected.get("repeat")
                        .asText()
                        .repeat(expected.get("times").asInt())
                        .strip()
                : expected.asText();
    }
}
