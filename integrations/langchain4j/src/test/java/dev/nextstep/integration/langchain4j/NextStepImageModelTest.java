package dev.nextstep.integration.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.nextstep.DrawingOptions;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.Kept;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NextStepImageModelTest {
    private static final DrawingOptions QUICK = DrawingOptions.NONE.withSteps(4, null);

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

    private static ImageModel images() {
        return NextStepImageModel.builder(model).options(QUICK).seed(7).build();
    }

    private static byte[] file(Image image) {
        return Base64.getDecoder().decode(image.base64Data());
    }

    private static Image image(Pixels pixels) {
        var file = PictureWriter.encode(pixels, PictureFormat.PNG, WriteOptions.DEFAULT);
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(file))
                .build();
    }

    @Test
    void drawsWhatTheModelDraws() {
        var answer = images().generate("a red heart", 2);
        var expected = model.generate(GenerateRequest.builder("a red heart")
                .options(QUICK)
                .seed(7)
                .firstIndex(1)
                .build());
        assertThat(answer.content()).hasSize(2);
        var second = answer.content().get(1);
        assertThat(second.mimeType()).isEqualTo("image/png");
        assertThat(new PictureReader().read(file(second), "answer")).isEqualTo(expected.pixels());
        assertThat(Recipe.of(PictureTexts.read(file(second))).orElseThrow()).isEqualTo(expected.recipe());
        assertThat(answer.tokenUsage()).isNotNull().returns(32, TokenUsage::outputTokenCount);
        assertThat(answer.metadata()).containsEntry("seed", 7L).containsEntry("model", "emoji");
        assertThat(images().generate("a red heart").content())
                .isEqualTo(answer.content().getFirst());
    }

    @Test
    void seedsAreRandomUnlessSet() {
        var random = NextStepImageModel.builder(model)
                .options(QUICK.withSize(16, 16))
                .build();
        assertThat(random.generate("a star").content())
                .isNotEqualTo(random.generate("a star").content());
    }

    @Test
    void editsAndKeepsWhatIsNotMasked() {
        var source = image(
                new PictureReader().read(file(images().generate("a red heart").content()), "source"));
        var whole = new PictureReader()
                .read(file(images().edit(source, "make it blue").content()), "edit");
        assertThat(whole.width()).isEqualTo(64);

        var light = new byte[64 * 64 * 3];
        Arrays.fill(light, 0, light.length / 2, (byte) 255); // the upper half is drawn anew
        var mask = Pixels.of(64, 64, light);
        var part = new PictureReader()
                .read(file(images().edit(source, image(mask), "make it blue").content()), "part");
        var pixels = new PictureReader().read(file(source), "source");
        var expected = model.edit(EditRequest.builder("make it blue", pixels)
                .options(QUICK)
                .seed(7)
                .keep(new Kept.Unmarked(pixels, mask))
                .build());
        assertThat(part).isEqualTo(expected.pixels()).isNotEqualTo(whole);
    }

    @Test
    void refusesPicturesThatItWouldHaveToFetch() {
        var far = Image.builder().url("https://example.org/a.png").build();
        assertThatThrownBy(() -> images().edit(far, "make it blue"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base64Data");
    }
}
