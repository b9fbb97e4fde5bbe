package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureRoundTripTest {
    private static final long SEED = 20261122;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = PictureFormat.class,
            names = {"PNG", "WEBP"})
    void losslessFormatsKeepEveryByte(PictureFormat format) {
        Random random = new Random(SEED);
        List<TestPictures.Kind> kinds = List.of(TestPictures.Kind.values());
        for (int round = 0; round < 60; round++) {
            TestPictures.Kind kind = kinds.get(round % kinds.size());
            int width = round < 10 ? 1 + round / 2 : 1 + random.nextInt(140);
            int height = round < 10 ? 1 + round % 3 : 1 + random.nextInt(90);
            Pixels pixels = TestPictures.of(kind, width, height, random);
            byte[] file = PictureWriter.encode(pixels, format, WriteOptions.DEFAULT);
            assertThat(new PictureReader().read(file, "round trip"))
                    .as("%s %s %d x %d, round %d, seed %d", format, kind, width, height, round, SEED)
                    .isEqualTo(pixels);
            assertThat(PictureWriter.encode(pixels, format, WriteOptions.DEFAULT))
                    .isEqualTo(file);
        }
    }

    @Test
    void smoothPicturesShrink() {
        Pixels smooth = TestPictures.of(TestPictures.Kind.SMOOTH, 256, 256, new Random(SEED));
        Pixels flat = TestPictures.of(TestPictures.Kind.FLAT, 256, 256, new Random(SEED));
        for (PictureFormat format : List.of(PictureFormat.PNG, PictureFormat.WEBP)) {
            assertThat(PictureWriter.encode(smooth, format, WriteOptions.DEFAULT).length)
                    .as("%s", format)
                    .isLessThan(smooth.bytes().length / 3);
            assertThat(PictureWriter.encode(flat, format, WriteOptions.DEFAULT).length)
                    .as("%s", format)
                    .isLessThan(1200);
        }
    }

    @Test
    void jpegIsCloseAndFollowsQuality() {
        Pixels smooth = TestPictures.of(TestPictures.Kind.SMOOTH, 90, 70, new Random(SEED));
        byte[] good = PictureWriter.encode(smooth, PictureFormat.JPEG, WriteOptions.DEFAULT);
        byte[] poor = PictureWriter.encode(smooth, PictureFormat.JPEG, new WriteOptions(20, Map.of()));
        assertThat(poor.length).isLessThan(good.length);
        assertThat(PictureReadGoldenTest.meanDifference(new PictureReader().read(good, "jpeg"), smooth))
                .isLessThan(4);
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void textsTravelWithThePicture(PictureFormat format) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("parameters", "a fox & a <hound>\nSteps: 28");
        texts.put("Title", "夕暮れの灯台 🦊");
        texts.put("long", "x".repeat(5000));
        texts.put("long too", "ж".repeat(5000));
        Pixels pixels = TestPictures.of(TestPictures.Kind.SMOOTH, 20, 10, new Random(SEED));
        byte[] plain = PictureWriter.encode(pixels, format, WriteOptions.DEFAULT);
        byte[] file = PictureWriter.encode(pixels, format, WriteOptions.DEFAULT.withTexts(texts));
        assertThat(new PictureReader().read(file, "texts")).isEqualTo(new PictureReader().read(plain, "plain"));
        if (format == PictureFormat.PNG) {
            List<PngText.Entry> entries = PngText.read(file);
            assertThat(entries).extracting(PngText.Entry::keyword).containsExactlyElementsOf(texts.keySet());
            assertThat(entries).extracting(PngText.Entry::text).containsExactlyElementsOf(texts.values());
            assertThat(entries).allMatch(PngText.Entry::intact);
        } else {
            assertThat(new String(file, StandardCharsets.UTF_8))
                    .contains(
                            "<t:keyword>parameters</t:keyword><t:value>a fox &amp; a &lt;hound&gt;\nSteps: 28</t:value>")
                    .contains("夕暮れの灯台 🦊");
        }
    }

    @Test
    void aFileIsReplacedAsAWhole() throws IOException {
        Path file = folder.resolve("a.png");
        Pixels first = TestPictures.of(TestPictures.Kind.NOISE, 9, 9, new Random(SEED));
        Pixels second = TestPictures.of(TestPictures.Kind.FLAT, 5, 4, new Random(SEED));
        PictureWriter.write(file, first);
        PictureWriter.write(file, second);
        assertThat(new PictureReader().read(file)).isEqualTo(second);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatCannotBeWrittenSaysWhyAndLeavesNothing() throws IOException {
        Pixels pixels = TestPictures.of(TestPictures.Kind.FLAT, 5, 4, new Random(SEED));
        Path lost = folder.resolve("missing/a.png");
        assertThatThrownBy(() -> PictureWriter.write(lost, pixels))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(lost.toString())
                .hasMessageContaining("folder does not exist");
        Path asFolder = Files.createDirectory(folder.resolve("b.png"));
        assertThatThrownBy(() -> PictureWriter.write(asFolder, pixels))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> PictureWriter.write(folder.resolve("a.tiff"), pixels))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining(".png");
        Pixels wide = TestPictures.of(TestPictures.Kind.FLAT, 16_384, 1, new Random(SEED));
        assertThatThrownBy(() -> PictureWriter.encode(wide, PictureFormat.WEBP, WriteOptions.DEFAULT))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("16383");
        assertThatThrownBy(() -> WriteOptions.DEFAULT.withTexts(Map.of("a\nb", "")))
                .hasMessageContaining("keyword");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(asFolder);
        }
    }

    @Test
    void formatsByName() {
        assertThat(PictureFormat.ofFileName(Path.of("x/A.JPEG"))).isEqualTo(PictureFormat.JPEG);
        assertThat(PictureFormat.ofFileName(Path.of("a.b.webp"))).isEqualTo(PictureFormat.WEBP);
        assertThatThrownBy(() -> PictureFormat.ofFileName(Path.of("png"))).isInstanceOf(PictureException.class);
    }
}
