package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PictureOutGoldenTest {
    private final Path folder = Golden.folder("image/image-out");

    @Test
    void values() {
        JsonNode values = Golden.json(folder.resolve("values.json")).get("values");
        assertThat(values.size()).isPositive();
        for (JsonNode v : values) {
            float x = Float.intBitsToFloat(
                    Integer.parseUnsignedInt(v.get("float32_bits").asText(), 16));
            Pixels pixel = PixelFloats.fromFloats(new float[] {x}, 1, 1);
            assertThat(pixel.rgb(0, 0) & 255)
                    .as("byte of %s", x)
                    .isEqualTo(v.get("uint8").asInt());
        }
    }

    @Test
    void tensors() {
        TestTensors tensors = TestTensors.read(folder.resolve("tensors.safetensors"));
        assertThat(tensors.values()).isNotEmpty();
        for (String name : tensors.values().keySet()) {
            int[] shape = tensors.shape(name);
            float[] all = tensors.floats(name);
            int rank = shape.length;
            int pictures = rank == 4 ? shape[0] : 1;
            int size = all.length / pictures;
            for (int i = 0; i < pictures; i++) {
                float[] values = Arrays.copyOfRange(all, i * size, (i + 1) * size);
                int w = shape[rank - 1];
                int h = shape[rank - 2];
                Pixels actual = name.equals("range01")
                        ? PixelFloats.fromUnitFloats(values, w, h)
                        : PixelFloats.fromFloats(values, w, h);
                Path file = folder.resolve(name + (rank == 4 ? i : "") + ".png");
                assertThat(Files.exists(file)).as("%s", file).isTrue();
                assertThat(ResampleGoldenTest.differing(actual, new PictureReader().read(file)))
                        .as("%s", file)
                        .isZero();
                byte[] png = PictureWriter.encode(actual, PictureFormat.PNG, WriteOptions.DEFAULT);
                assertThat(new PictureReader().read(png, name)).isEqualTo(actual);
            }
        }
    }

    @Test
    void everyByteThereAndBack() {
        float[] codes =
                TestTensors.read(folder.resolve("uint8_to_float.safetensors")).floats("code_to_float");
        byte[] rgb = new byte[3 * codes.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3);
        }
        Pixels ramp = Pixels.of(codes.length, 1, rgb);
        assertThat(Arrays.copyOf(PixelFloats.toFloats(ramp), codes.length)).containsExactly(codes);
        assertThat(PixelFloats.fromFloats(codes, codes.length, 1)).isEqualTo(ramp);
    }
}
