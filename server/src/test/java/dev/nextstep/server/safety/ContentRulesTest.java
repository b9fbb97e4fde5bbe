package dev.nextstep.server.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.ServerSentEvents;
import dev.nextstep.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words and pictures that are refused. */
class ContentRulesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static WordList list;

    @BeforeAll
    static void start() throws IOException {
        var file = Files.writeString(folder.resolve("words.txt"), "# not these\n\nSnake\nred heart\ncafé\n");
        list = WordList.read(file);
        server = RunningServer.start(folder.resolve("data"), Map.of(Setting.WORD_LIST, file.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void allowAll() {
        RedFilter.refuse(EnumSet.noneOf(PictureFilter.Origin.class));
        RedFilter.fail(false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a SNAKE in the grass | snake
            a snake.             | snake
            snakes               |
            a rattlesnake        |
            a red, heart         | red heart
            a heart red          |
            reddish heart        |
            the CAFE\u0301       | cafe
            ｓｎａｋｅ             | snake
            ''                   |
            """)
    void wholeWordsAreFoundHoweverTheyAreWritten(String text, String found) {
        assertThat(list.find(text)).isEqualTo(java.util.Optional.ofNullable(found));
    }

    @Test
    void aListThatIsNoneIsRefused() throws IOException {
        var bad = Files.writeString(folder.resolve("bad.txt"), "good\n---\n");
        assertThatThrownBy(() -> WordList.read(bad)).hasMessageContaining("line 2");
        var binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> WordList.read(binary)).hasMessageContaining("UTF-8");
    }

    @Test
    void promptsWithSuchWordsAreRefusedByBothApis() {
        for (var body : new String[] {
            "{\"prompt\": \"a snake\", \"size\": \"16x16\", \"steps\": 2}",
            "{\"prompt\": \"a star\", \"positive_prompt\": \"snake\", \"size\": \"16x16\", \"steps\": 2}"
        }) {
            for (var path : new String[] {"/v1/images/generations", "/v1/jobs"}) {
                var answer = server.post(path, body);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("content_policy_violation");
                assertThat(answer.message()).doesNotContain("snake");
            }
        }
        var avoided = "{\"prompt\": \"a star\", \"negative_prompt\": \"snake\", \"size\": \"16x16\", \"steps\": 2}";
        assertThat(server.post("/v1/images/generations", avoided).status()).isEqualTo(200);
    }

    @Test
    void aFilterDecidesAboutSourcesPartialAndFinishedPictures() {
        var body = "{\"prompt\": \"a star\", \"size\": \"32x64\", \"steps\": 2}";
        RedFilter.refuse(EnumSet.of(PictureFilter.Origin.FINISHED));
        var finished = server.post("/v1/images/generations", body);
        assertThat(finished.code()).isEqualTo("content_policy_violation");
        assertThat(finished.message()).contains("too red");

        RedFilter.refuse(EnumSet.of(PictureFilter.Origin.PARTIAL));
        var stream =
                server.post("/v1/images/generations", body.replace("}", ", \"stream\": true, \"partial_images\": 2}"));
        assertThat(ServerSentEvents.parse(stream.text()))
                .extracting(ServerSentEvents.Event::name)
                .containsExactly("error");

        RedFilter.refuse(EnumSet.of(PictureFilter.Origin.SOURCE));
        var png =
                PictureWriter.encode(Pixels.of(16, 16, new byte[16 * 16 * 3]), PictureFormat.PNG, WriteOptions.DEFAULT);
        var form = new Form().field("prompt", "x").field("steps", "2").file("image", "a.png", png);
        assertThat(server.post("/v1/images/edits", form).code()).isEqualTo("content_policy_violation");

        RedFilter.refuse(EnumSet.noneOf(PictureFilter.Origin.class));
        RedFilter.fail(true);
        assertThat(server.post("/v1/images/generations", body).code())
                .as("a broken filter lets nothing through")
                .isEqualTo("content_policy_violation");
    }
}
