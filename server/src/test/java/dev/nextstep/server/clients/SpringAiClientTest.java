package dev.nextstep.server.clients;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.errors.BadRequestException;
import org.junit.jupiter.api.Test;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.openai.OpenAiImageModel;
import org.springframework.ai.openai.OpenAiImageOptions;

/** Spring AI's image model for OpenAI. */
class SpringAiClientTest extends ClientTest {

    private static OpenAiImageOptions.Builder options() {
        return OpenAiImageOptions.builder().model("emoji");
    }

    private static OpenAiImageModel images() {
        return OpenAiImageModel.builder()
                .options(options()
                        .baseUrl(server.base())
                        .apiKey("none is needed")
                        .maxRetries(0)
                        .build())
                .build();
    }

    @Test
    void generates() {
        var answer = images().call(
                        new ImagePrompt(PROMPT, options().n(2).size("32x48").build()));
        assertThat(answer.getResults()).hasSize(2);
        var first = answer.getResults().getFirst().getOutput().getB64Json();
        var pixels = pixels(requireNonNull(first));
        assertThat(pixels.width()).isEqualTo(32);
        assertThat(pixels.height()).isEqualTo(48);
    }

    @Test
    void understandsErrors() {
        assertThatThrownBy(() -> images().call(
                                new ImagePrompt(PROMPT, options().size("17x17").build())))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("multiple");
    }
}
