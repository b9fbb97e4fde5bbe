package dev.nextstep.workflow.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.image.PictureReader;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.GoldenTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published score of twelve pictures and of a tensor. */
class PublishedQualityGoldenTest {
    private static final String FOLDER = "image/quality-score";
    private static final double TOLERANCE = 1e-5;

    static Stream<JsonNode> pictures() {
        var list = new ArrayList<JsonNode>();
        Golden.json(Golden.folder(FOLDER).resolve("metrics.json"))
                .get("pictures")
                .forEach(list::add);
        return list.stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void picture(JsonNode expected) {
        var file = Golden.folder(FOLDER).resolve(expected.get("file").asText());
        compare(PublishedQuality.of(new PictureReader().read(file)), expected.get("metrics"));
    }

    @Test
    void tensor() {
        var expected =
                Golden.json(Golden.folder(FOLDER).resolve("metrics.json")).get("tensor_input");
        try (var file = GoldenTensors.open(
                Golden.folder(FOLDER).resolve(expected.get("file").asText()))) {
            String name = "tensor";
            var tensor = file.tensor(name);
            int height = tensor.dimension(2);
            int width = tensor.dimension(3);
            var values = tensor.toFloats();
            int plane = width * height;
            var planes = List.of(0, 1, 2).stream()
                    .map(c -> Arrays.copyOfRange(values, c * plane, (c + 1) * plane))
                    .toArray(float[][]::new);
            compare(PublishedQuality.of(planes, width, height), expected.get("metrics"));
        }
    }

    private static void compare(PublishedQuality actual, JsonNode expected) {
        var close = within(TOLERANCE);
        assertThat(actual.sharpness()).isCloseTo(expected.get("sharpness").asDouble(), close);
        assertThat(actual.colourDiversity())
                .isCloseTo(expected.get("color_diversity").asDouble(), close);
        assertThat(actual.compositionBalance())
                .isCloseTo(expected.get("composition_balance").asDouble(), close);
        assertThat(actual.artifactLevel())
                .isCloseTo(expected.get("artifact_score").asDouble(), close);
        assertThat(actual.overall()).isCloseTo(expected.get("overall_score").asDouble(), close);
    }
}
