package dev.nextstep.fuzz;

import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureLimits;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.testing.Golden;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** Decoding a picture of one format. */
class PictureFuzz implements FuzzTarget {
    /** Campaigns set fewer, because a corpus full of large pictures costs most of the executions. */
    private static final int MOST_PIXELS = Integer.getInteger("fuzz.pixels", 1 << 20);

    private static final PictureReader READER = new PictureReader(new PictureLimits(MOST_PIXELS, 4096));
    private static final int LARGEST_SEED = 4096;

    private final String ending;
    private final List<PictureFormat> written;

    /**
     * @param ending of golden files, and JDK's name of the format
     * @param written formats that we write ourselves
     */
    PictureFuzz(String ending, PictureFormat... written) {
        this.ending = ending;
        this.written = List.of(written);
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> out = new ArrayList<>();
        Pixels small = pixels();
        for (PictureFormat format : written) {
            out.add(PictureWriter.encode(small, format, WriteOptions.DEFAULT));
            out.add(PictureWriter.encode(
                    small, format, WriteOptions.DEFAULT.withTexts(Map.of("parameters", "ж\nSteps: 1"))));
        }
        var throughJdk = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(9, 5, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 2, 0x123456);
        if (ImageIO.write(image, ending, throughJdk)) {
            out.add(throughJdk.toByteArray());
        }
        for (String folder : List.of("resample/src", "resample/exif")) {
            try (var files = Files.list(Golden.folder("image/" + folder))) {
                for (Path file : files.sorted().toList()) {
                    if (file.toString().endsWith("." + ending) && Files.size(file) <= LARGEST_SEED) {
                        out.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return out;
    }

    static Pixels pixels() {
        byte[] rgb = new byte[3 * 17 * 9];
        new Random(1).nextBytes(rgb);
        Arrays.fill(rgb, 0, rgb.length / 2, (byte) 77);
        return Pixels.of(17, 9, rgb);
    }

    @Override
    public void read(byte[] input) {
        Pixels pixels = READER.read(input, "fuzz");
        if (pixels.width() < 1 || pixels.height() < 1 || (long) pixels.width() * pixels.height() > MOST_PIXELS) {
            throw new AssertionError("beyond the limits: " + pixels.width() + " x " + pixels.height());
        }
    }

    /** A picture may have a million pixels, each of which takes some twenty bytes on the way through the decoders. */
    @Override
    public long allocationLimit(int inputBytes) {
        return (96L << 20) + 1024L * inputBytes;
    }

    @Override
    public Class<PictureException> refusal() {
        return PictureException.class;
    }
}
