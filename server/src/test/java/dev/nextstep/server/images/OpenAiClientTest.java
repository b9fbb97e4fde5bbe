package dev.nextstep.server.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client of OpenAI's API, unchanged, with its own checks of answers. */
class OpenAiClientTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @SuppressWarnings("NullAway.Init")
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of());
        model = NextStep.open(RunningServer.MODEL);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.base())
                .apiKey("none is needed")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        model.close();
    }

    private static ImageGenerateParams.Builder heart() {
        return ImageGenerateParams.builder()
                .prompt("a red heart")
                .model("emoji")
                .putAdditionalBodyProperty("seed", JsonValue.from(7))
                .putAdditionalBodyProperty("steps", JsonValue.from(4));
    }

    private static Picture drawn() {
        return model.generate(
                GenerateRequest.builder("a red heart").seed(7).steps(4).build());
    }

    private static Pixels pixels(String base64) {
        return new PictureReader().read(Base64.getDecoder().decode(base64), "answer");
    }

    @Test
    void generates() {
        var answer = client.images()
                .generate(heart().n(2).size(ImageGenerateParams.Size.AUTO).build());
        assertThat(answer.data().orElseThrow()).hasSize(2);
        assertThat(pixels(answer.data().get().getFirst().b64Json().orElseThrow()))
                .isEqualTo(drawn().pixels());
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(32);
        assertThat(answer.created()).isPositive();
    }

    @Test
    void streams() {
        var whole = drawn();
        try (var stream =
                client.images().generateStreaming(heart().partialImages(3).build())) {
            var events = stream.stream().toList();
            var partial = events.stream()
                    .filter(ImageGenStreamEvent::isGenerationPartialImage)
                    .map(ImageGenStreamEvent::asGenerationPartialImage)
                    .toList();
            assertThat(partial).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(partial.get(i).partialImageIndex()).isEqualTo(i);
                var rows = new ImageTokens(i + 1, 4, Arrays.copyOf(whole.tokens(), (i + 1) * 4 * 64));
                assertThat(pixels(partial.get(i).b64Json())).isEqualTo(model.decode(rows));
            }
            var completed = events.getLast().asGenerationCompleted();
            assertThat(pixels(completed.b64Json())).isEqualTo(whole.pixels());
            assertThat(completed.usage().outputTokens()).isEqualTo(16);
            assertThat(completed.usage().totalTokens())
                    .isEqualTo(completed.usage().inputTokens() + 16);
        }
    }

    @Test
    void edits() {
        var params = ImageEditParams.builder()
                .prompt("make it blue")
                .image(MultipartField.<ImageEditParams.Image>builder()
                        .value(ImageEditParams.Image.ofInputStream(file()))
                        .filename("heart.png")
                        .contentType("image/png")
                        .build())
                .putAdditionalBodyProperty("steps", JsonValue.from(4))
                .build();
        var answer = client.images().edit(params);
        assertThat(pixels(answer.data().orElseThrow().getFirst().b64Json().orElseThrow())
                        .width())
                .isEqualTo(64);
    }

    @Test
    void editsStreaming() {
        var params = ImageEditParams.builder()
                .prompt("make it blue")
                .image(ImageEditParams.Image.ofInputStreams(List.of(file(), file())))
                .partialImages(1)
                .putAdditionalBodyProperty("steps", JsonValue.from(4))
                .build();
        try (var stream = client.images().editStreaming(params)) {
            var events = stream.stream().toList();
            assertThat(events).hasSize(2);
            assertThat(events.getFirst().isPartialImage()).isTrue();
            assertThat(events.getLast()).matches(ImageEditStreamEvent::isCompleted);
        }
    }

    private static InputStream file() {
        return new ByteArrayInputStream(
                PictureWriter.encode(drawn().pixels(), PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data()).hasSize(1).first().matches(m -> m.id().equals("emoji"));
        assertThat(client.models().retrieve("emoji").ownedBy()).isEqualTo("nextstep4j");
    }

    @Test
    void understandsErrors() {
        assertThatThrownBy(() -> client.images()
                        .generate(heart().putAdditionalBodyProperty("style", JsonValue.from("vivid"))
                                .build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).contains("style");
                    assertThat(e.code()).contains("unknown_parameter");
                    assertThat(e.type()).contains("invalid_request_error");
                });
        assertThatThrownBy(() -> client.images().generate(heart().model("other").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is 'emoji'");
    }
}
