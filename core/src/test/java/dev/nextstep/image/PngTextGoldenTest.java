package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PngTextGoldenTest {
    private final Path folder = Golden.folder("image/png-meta");
    private final JsonNode index = Golden.json(folder.resolve("index.json"));

    @Test
    void texts() throws Exception {
        assertThat(index.size()).isPositive();
        for (JsonNode c : index) {
            Path file = folder.resolve(c.get("file").asText());
            List<PngText.Entry> entries = PngText.read(file);
            if (!c.has("chunks")) {
                continue; // a bomb: no claim about its texts but that reading ends
            }
            List<JsonNode> expected = new ArrayList<>();
            for (JsonNode chunk : c.get("chunks")) {
                if (chunk.has("keyword")) {
                    expected.add(chunk);
                }
            }
            assertThat(entries).as("%s", file).hasSize(expected.size());
            for (int i = 0; i < entries.size(); i++) {
                check(entries.get(i), expected.get(i), file);
            }
        }
    }

    private static void check(PngText.Entry entry, JsonNode expected, Path file) throws Exception {
        assertThat(entry.kind().chunkType())
                .as("%s", file)
                .isEqualTo(expected.get("type").asText());
        assertThat(entry.keyword())
                .as("%s", file)
                .isEqualTo(expected.get("keyword").asText());
        if (expected.has("text")) {
            assertThat(entry.text())
                    .as("%s", file)
                    .isEqualTo(expected.get("text").asText());
        }
        if (expected.has("text_length")) {
            assertThat(entry.text())
                    .as("%s", file)
                    .hasSize(expected.get("text_length").asInt());
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(entry.text().getBytes(StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(hash))
                    .isEqualTo(expected.get("text_sha256").asText());
        }
        if (expected.has("language")) {
            assertThat(entry.language()).isEqualTo(expected.get("language").asText());
            assertThat(entry.translatedKeyword())
                    .isEqualTo(expected.get("translated_keyword").asText());
            assertThat(entry.compressed()).isEqualTo(expected.get("compressed").asBoolean());
        }
    }

    @Test
    void thePictureIsReadableWhateverItsTexts() {
        for (JsonNode c : index) {
            Pixels pixels =
                    new PictureReader().read(folder.resolve(c.get("file").asText()));
            assertThat(pixels.width()).isEqualTo(c.get("width").asInt());
            assertThat(pixels.height()).isEqualTo(c.get("height").asInt());
        }
    }
}
