package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.nextstep.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Foreign bytes end in a picture or in a {@link PictureException}, soon and without much memory. */
class PictureFuzzTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 2000;

    /** A small lossy WebP with alpha, 24 x 16, made with libwebp. */
    private static final String LOSSY_WEBP =
            "52494646a800000057454250565038580a000000100000001700000f0000414c50481f00000001b93244f43fa0b66d1b46fe"
                    + "ffec348d1923266002083dec2f001c5403165a0056503820620000007004009d012a180010003eb54c9e49a724a2a1300800"
                    + "e016896c009d3284703792d322026bcc2792259f872000fef141d2a034bf1d508aaf8617afd00e31bac15ebc4a8bec6856b7"
                    + "d85b76623db59af7b7a8ee6b7ab6ec623c67bc939b267e380000";

    @TempDir
    Path folder;

    private static Map<String, byte[]> files() throws IOException {
        Pixels pixels = TestPictures.of(TestPictures.Kind.SMOOTH, 40, 24, new Random(SEED));
        Map<String, byte[]> out = new LinkedHashMap<>();
        WriteOptions texts = WriteOptions.DEFAULT.withTexts(Map.of("a", "b", "c", "ж".repeat(3000)));
        for (PictureFormat format : PictureFormat.values()) {
            out.put(format.name(), PictureWriter.encode(pixels, format, texts));
        }
        Path golden = Golden.folder("image/resample");
        for (String folder : new String[] {"src", "exif"}) {
            for (Path file : Golden.files(golden.resolve(folder), "")) {
                if (Files.size(file) < 8000) {
                    out.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        out.put("lossy WebP", HexFormat.of().parseHex(LOSSY_WEBP));
        out.put("GIF", throughJdk(pixels, "gif"));
        out.put("BMP", throughJdk(pixels, "bmp"));
        return out;
    }

    static byte[] throughJdk(Pixels pixels, String format) throws IOException {
        var image = new java.awt.image.BufferedImage(
                pixels.width(), pixels.height(), java.awt.image.BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.rgb(x, y));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    @TestFactory
    Stream<DynamicTest> mutations() throws IOException {
        return files().entrySet().stream()
                .map(f -> DynamicTest.dynamicTest(f.getKey(), () -> mutate(f.getKey(), f.getValue())));
    }

    private static void mutate(String name, byte[] original) {
        int rounds = name.matches("PNG|JPEG|WEBP|GIF|BMP|lossy WebP") ? ROUNDS : 150;
        Random random = new Random(SEED ^ name.hashCode());
        PictureReader reader = new PictureReader(new PictureLimits(4_000_000, 30_000));
        for (int round = 0; round < rounds; round++) {
            byte[] file = original.clone();
            int kind = random.nextInt(4);
            if (kind == 0) {
                file = Arrays.copyOf(file, random.nextInt(file.length));
            } else {
                // Half of the flips hit the first bytes, where the headers are.
                for (int i = 0; i < kind * kind; i++) {
                    int reach = random.nextBoolean() ? Math.min(80, file.length) : file.length;
                    file[random.nextInt(reach)] = (byte) random.nextInt();
                }
            }
            long start = System.nanoTime();
            try {
                reader.read(file, "fuzz");
                PngText.read(file);
            } catch (PictureException expected) {
                assertThat(expected).hasMessageContaining("fuzz");
            } catch (RuntimeException | Error e) {
                fail(
                        "%s round %d seed %d: %s"
                                .formatted(name, round, SEED, HexFormat.of().formatHex(file)),
                        e);
            }
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("milliseconds, %s round %d seed %d", name, round, SEED)
                    .isLessThan(10_000);
        }
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        for (var f : files().entrySet()) {
            byte[] half = Arrays.copyOf(f.getValue(), f.getValue().length / 2);
            assertThatThrownBy(() -> new PictureReader().read(half, "half"))
                    .as(f.getKey())
                    .isInstanceOf(PictureException.class);
        }
    }

    @Test
    void gifAndBmp() throws IOException {
        Pixels few = TestPictures.of(TestPictures.Kind.STRIPES, 31, 17, new Random(SEED));
        assertThat(new PictureReader().read(throughJdk(few, "bmp"), "bmp")).isEqualTo(few);
        assertThat(new PictureReader().read(throughJdk(few, "gif"), "gif")).isEqualTo(few);
    }

    @Test
    void claimsAreCheckedBeforeDecoding() {
        ByteBuffer bomb = ByteBuffer.wrap(PictureWriter.encode(
                TestPictures.of(TestPictures.Kind.FLAT, 8, 8, new Random(SEED)),
                PictureFormat.PNG,
                WriteOptions.DEFAULT));
        bomb.putInt(16, 7000).putInt(20, 7000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bomb.array(), 12, 17);
        bomb.putInt(29, (int) crc.getValue());
        assertThatThrownBy(() -> new PictureReader().read(bomb.array(), "bomb"))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("cannot hold");
        assertThatThrownBy(() -> new PictureReader(new PictureLimits(1000, 5000)).read(bomb.array(), "bomb"))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("7000 x 7000");
        ByteBuffer bmp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put((byte) 'B')
                .put((byte) 'M')
                .putInt(10, 54)
                .putInt(14, 40)
                .putInt(18, 8000)
                .putInt(22, -8000);
        bmp.putShort(26, (short) 1).putShort(28, (short) 24);
        assertThatThrownBy(() -> new PictureReader().read(bmp.array(), "bmp"))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("too early");
    }

    @Test
    void whatIsNoPicture() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.png"));
        Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
        for (Path file : new Path[] {empty, text, folder, folder.resolve("missing.png")}) {
            assertThatThrownBy(() -> new PictureReader().read(file))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThatThrownBy(() -> PngText.read(text))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("no PNG");
    }
}
