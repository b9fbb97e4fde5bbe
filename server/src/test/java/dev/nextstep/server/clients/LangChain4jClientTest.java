package dev.nextstep.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.openai.OpenAiImageModel;
import org.junit.jupiter.api.Test;

/** LangChain4j's image model for OpenAI. */
class LangChain4jClientTest extends ClientTest {

    private static OpenAiImageModel.OpenAiImageModelBuilder images() {
        return OpenAiImageModel.builder()
                .baseUrl(server.base())
                .apiKey("none is needed")
                .modelName("emoji")
                .maxRetries(0);
    }

    @Test
    void generates() {
        var images = images().size("32x48").outputFormat("webp").build();
        var answer = images.generate(PROMPT);
        var pixels = pixels(answer.content().base64Data());
        assertThat(pixels.width()).isEqualTo(32);
        assertThat(pixels.height()).isEqualTo(48);
        assertThat(images.generate(PROMPT, 2).content()).hasSize(2);
    }

    @Test
    void edits() {
        var images = images().build();
        var source = images.generate(PROMPT).content();
        assertThat(pixels(images.edit(source, "make it blue").content().base64Data())
                        .width())
                .isEqualTo(64);
    }

    @Test
    void understandsErrors() {
        assertThatThrownBy(() -> images().size("17x17").build().generate(PROMPT))
                .isInstanceOf(LangChain4jException.class)
                .hasMessageContaining("multiple");
    }
}
