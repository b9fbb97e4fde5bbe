package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ResampleGoldenTest {
    private final Path folder = Golden.folder("image/resample");
    private final JsonNode index = Golden.json(folder.resolve("index.json"));

    @TestFactory
    Stream<DynamicTest> results() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode result : index.get("results")) {
            String name = result.get("source").asText() + " "
                    + result.get("function").asText() + " "
                    + result.path("size").asText() + " " + result.path("filter").asText() + " "
                    + result.path("file").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> check(result)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private void check(JsonNode result) throws Exception {
        String source = result.get("source").asText();
        String function = result.get("function").asText();
        int size = result.path("size").asInt();
        if (result.has("error")) {
            assertThatThrownBy(() -> new SourceFit.SquareCrop(size)).hasMessageContaining("multiple of 16");
            return;
        }
        Pixels actual = function.equals("Pillow resize")
                ? pillow(source, result)
                : fit(function, size).apply(rgb(source));
        Pixels expected =
                new PictureReader().read(folder.resolve(result.get("file").asText()));
        assertThat(actual.width()).isEqualTo(result.get("width").asInt());
        assertThat(actual.height()).isEqualTo(result.get("height").asInt());
        assertThat(differing(actual, expected)).as("differing bytes").isZero();
        if (result.has("bucket")) {
            Pixels in = rgb(source);
            AspectBuckets.Grid ratio = AspectBuckets.RATIOS.get(AspectBuckets.nearest(in.width(), in.height()));
            assertThat(List.of(ratio.height(), ratio.width()))
                    .containsExactly(
                            result.get("bucket").get(0).asInt(),
                            result.get("bucket").get(1).asInt());
        }
    }

    private static SourceFit fit(String function, int size) {
        if (function.startsWith("bucketed crop, buckets ")) {
            List<Integer> areas = Stream.of(function.substring(23).split("/", -1))
                    .map(Integer::valueOf)
                    .toList();
            return new SourceFit.Bucketed(areas);
        }
        if (function.startsWith("plain stretch to ")) {
            String[] sides = function.replaceAll("^plain stretch to ([0-9]+x[0-9]+) .*", "$1")
                    .split("x", -1);
            return new SourceFit.Stretch(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        }
        return switch (function) {
            case "square crop (center)" -> new SourceFit.SquareCrop(size);
            case "black square padding, then resize" -> new SourceFit.PadSquare(size);
            case "resize the shorter side (halving, then bicubic), no crop" -> new SourceFit.ShorterSide(size);
            case "pad to a white square, no resize" -> new SourceFit.PadWhite();
            case "aspect-ratio crop" -> new SourceFit.AspectCrop(size);
            case "aspect-ratio stretch" -> new SourceFit.AspectStretch(size);
            default -> throw new AssertionError("unknown function " + function);
        };
    }

    private Pixels pillow(String source, JsonNode result) throws Exception {
        Raster in = switch (result.get("mode").asText()) {
            case "RGB" -> Raster.of(rgb(source));
            case "L", "LA", "RGBA" -> nativeMode(source);
            default -> throw new AssertionError(result.get("mode").asText());
        };
        assertThat(in.mode().name()).isEqualTo(result.get("mode").asText());
        ResampleBox box = ResampleBox.whole(in.width(), in.height());
        if (result.has("box")) {
            JsonNode b = result.get("box");
            box = new ResampleBox(
                    (float) b.get(0).asDouble(),
                    (float) b.get(1).asDouble(),
                    (float) b.get(2).asDouble(),
                    (float) b.get(3).asDouble());
        }
        JsonNode gap = result.path("reducing_gap");
        Raster out = Resampler.resize(
                in,
                result.get("width").asInt(),
                result.get("height").asInt(),
                ResampleFilter.valueOf(result.get("filter").asText()),
                box,
                gap.isNumber() ? OptionalDouble.of(gap.asDouble()) : OptionalDouble.empty());
        Raster expected = PictureReader.raster(
                Files.readAllBytes(folder.resolve(result.get("file").asText())), PictureLimits.DEFAULT);
        assertThat(out.bytes()).as("bytes in mode %s", out.mode()).isEqualTo(expected.bytes());
        return RgbRules.toRgb(out);
    }

    private Raster nativeMode(String source) throws IOException, BadPicture {
        return PictureReader.raster(
                Files.readAllBytes(folder.resolve("src/" + source + ".png")), PictureLimits.DEFAULT);
    }

    /** What the reference saw: for JPEG its own decoding, because decoders differ; turned by the file's EXIF. */
    private Pixels rgb(String source) throws Exception {
        for (JsonNode s : index.get("sources")) {
            if (s.get("name").asText().equals(source)) {
                if (s.has("decoded_unrotated_rgb")) {
                    Raster seen = PictureReader.raster(
                            Files.readAllBytes(folder.resolve(
                                    s.get("decoded_unrotated_rgb").asText())),
                            PictureLimits.DEFAULT);
                    return RgbRules.toRgb(
                            Orientation.apply(seen, s.path("exif_orientation").asInt(1)));
                }
                return new PictureReader().read(folder.resolve(s.get("file").asText()));
            }
        }
        return new PictureReader().read(folder.resolve("src/" + source + ".png"));
    }

    static long differing(Pixels a, Pixels b) {
        assertThat(List.of(a.width(), a.height())).containsExactly(b.width(), b.height());
        long n = 0;
        for (int i = 0; i < a.bytes().length; i++) {
            n += a.bytes()[i] != b.bytes()[i] ? 1 : 0;
        }
        return n;
    }

    @Test
    void floats() {
        TestTensors tensors = TestTensors.read(folder.resolve("float_resize.safetensors"));
        int cases = 0;
        for (String name : tensors.values().keySet()) {
            String[] parts = name.split("\\.", -1);
            if (parts.length != 3) {
                continue;
            }
            int[] from = tensors.shape(parts[0] + ".source");
            int[] to = tensors.shape(name);
            float[] actual = FloatResampler.resize(
                    tensors.floats(parts[0] + ".source"),
                    from[1],
                    from[0],
                    to[1],
                    to[0],
                    ResampleFilter.valueOf(parts[2]));
            assertThat(Golden.maxDifference(actual, tensors.floats(name)))
                    .as(name)
                    .isLessThanOrEqualTo(1e-5);
            cases++;
        }
        assertThat(cases).isPositive();
    }

    @Test
    void tokenizerInput() {
        TestTensors tensors = TestTensors.read(folder.resolve("vae_input.safetensors"));
        var cases = index.get("vae_input").properties();
        assertThat(cases).isNotEmpty();
        for (var c : cases) {
            Pixels pixels = new PictureReader()
                    .read(folder.resolve(c.getValue().get("made_from").asText()));
            assertThat(PixelFloats.toFloats(pixels)).as(c.getKey()).containsExactly(tensors.floats(c.getKey()));
        }
    }
}
