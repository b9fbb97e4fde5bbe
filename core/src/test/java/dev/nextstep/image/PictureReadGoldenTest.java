package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PictureReadGoldenTest {
    private final Path folder = Golden.folder("image/resample");
    private final JsonNode index = Golden.json(folder.resolve("index.json"));

    @Test
    void sources() throws Exception {
        assertThat(index.get("sources").size()).isPositive();
        for (JsonNode source : index.get("sources")) {
            String name = source.get("name").asText();
            Path file = folder.resolve(source.get("file").asText());
            JsonNode wanted = source.get("to_rgb");
            if (wanted.has("error")) {
                assertThatThrownBy(() -> new PictureReader().read(file))
                        .isInstanceOf(PictureException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("not supported");
                continue;
            }
            Pixels expected =
                    new PictureReader().read(folder.resolve(wanted.get("file").asText()));
            Pixels actual = new PictureReader().read(file);
            if (!source.has("decoded_unrotated_rgb")) {
                assertThat(ResampleGoldenTest.differing(actual, expected))
                        .as(name)
                        .isZero();
                continue;
            }
            Raster seen = PictureReader.raster(
                    Files.readAllBytes(
                            folder.resolve(source.get("decoded_unrotated_rgb").asText())),
                    PictureLimits.DEFAULT);
            Raster turned =
                    Orientation.apply(seen, source.path("exif_orientation").asInt(1));
            assertThat(ResampleGoldenTest.differing(RgbRules.toRgb(turned), expected))
                    .as(name)
                    .isZero();
            // Equal with the decoder of today; another release of the runtime may round single pixels differently.
            assertThat(meanDifference(actual, expected)).as(name + " mean").isLessThan(0.5);
            assertThat(maxDifference(actual, expected)).as(name + " max").isLessThanOrEqualTo(8);
        }
    }

    @Test
    void orientations() {
        assertThat(index.get("exif").size()).isPositive();
        for (JsonNode c : index.get("exif")) {
            String file = c.get("file").asText();
            Pixels actual = new PictureReader().read(folder.resolve(file));
            assertThat(actual.width()).as(file).isEqualTo(c.get("width").asInt());
            assertThat(actual.height()).as(file).isEqualTo(c.get("height").asInt());
            int tolerance = file.endsWith(".png") ? 0 : 3;
            JsonNode cells = c.get("cells");
            int cellHeight = actual.height() / cells.size();
            for (int y = 0; y < cells.size(); y++) {
                int cellWidth = actual.width() / cells.get(y).size();
                for (int x = 0; x < cells.get(y).size(); x++) {
                    int rgb = actual.rgb(x * cellWidth + cellWidth / 2, y * cellHeight + cellHeight / 2);
                    for (int k = 0; k < 3; k++) {
                        assertThat(Math.abs((rgb >> (16 - 8 * k) & 255)
                                        - cells.get(y).get(x).get(k).asInt()))
                                .as("%s cell %d, %d channel %d", file, x, y, k)
                                .isLessThanOrEqualTo(tolerance);
                    }
                }
            }
        }
    }

    static int maxDifference(Pixels a, Pixels b) {
        int max = 0;
        for (int i = 0; i < a.bytes().length; i++) {
            max = Math.max(max, Math.abs((a.bytes()[i] & 255) - (b.bytes()[i] & 255)));
        }
        return max;
    }

    static double meanDifference(Pixels a, Pixels b) {
        double sum = 0;
        for (int i = 0; i < a.bytes().length; i++) {
            sum += Math.abs((a.bytes()[i] & 255) - (b.bytes()[i] & 255));
        }
        return sum / a.bytes().length;
    }
}
