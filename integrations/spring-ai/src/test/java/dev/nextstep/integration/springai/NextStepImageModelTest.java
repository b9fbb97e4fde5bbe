package dev.nextstep.integration.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.DrawingOptions;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;

class NextStepImageModelTest {
    private static final NextStepImageOptions QUICK = NextStepImageOptions.DEFAULT
            .withDrawing(DrawingOptions.NONE.withSteps(4, null))
            .withSeed(7);

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @BeforeAll
    static void open() {
        model = NextStep.open(Path.of(System.getProperty("project.root"), "models/emoji"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void drawsWhatTheModelDraws() {
        ImageModel images = new NextStepImageModel(model);
        var answer = images.call(new ImagePrompt("a red heart", QUICK.withCount(2)));
        var expected = model.generate(GenerateRequest.builder("a red heart")
                .steps(4)
                .seed(7)
                .firstIndex(1)
                .build());
        assertThat(answer.getResults()).hasSize(2);
        var second = answer.getResults().get(1);
        var file = Base64.getDecoder().decode(second.getOutput().getB64Json());
        assertThat(new PictureReader().read(file, "answer")).isEqualTo(expected.pixels());
        assertThat(Recipe.of(PictureTexts.read(file))).contains(expected.recipe());
        assertThat(second.getMetadata()).isEqualTo(new NextStepImageMetadata(expected.recipe(), "image/png"));
    }

    @Test
    void understandsOptionsOfAnyModel() {
        var images = new NextStepImageModel(model, QUICK);
        var options = ImageOptionsBuilder.builder()
                .width(32)
                .height(16)
                .n(2)
                .model("emoji")
                .build();
        var answer = images.call(new ImagePrompt("a star", options));
        assertThat(answer.getResults()).hasSize(2);
        var file = Base64.getDecoder()
                .decode(answer.getResults().getFirst().getOutput().getB64Json());
        var pixels = new PictureReader().read(file, "answer");
        assertThat(pixels.width()).isEqualTo(32);
        assertThat(pixels.height()).isEqualTo(16);
        assertThat(images.call(new ImagePrompt("a star", options))
                        .getResults()
                        .getFirst()
                        .getOutput())
                .as("the seed is that of the defaults")
                .isEqualTo(answer.getResults().getFirst().getOutput());
    }

    @Test
    void refusesOptionsThatItCannotKeep() {
        var images = new NextStepImageModel(model, QUICK);
        for (var options : new ImageOptionsBuilder[] {
            ImageOptionsBuilder.builder().model("dall-e-3"),
            ImageOptionsBuilder.builder().style("vivid"),
            ImageOptionsBuilder.builder().responseFormat("url"),
            ImageOptionsBuilder.builder().width(64),
        }) {
            assertThatThrownBy(() -> images.call(new ImagePrompt("a star", options.build())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
