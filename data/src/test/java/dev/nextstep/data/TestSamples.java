package dev.nextstep.data;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Samples for tests. */
public final class TestSamples {
    private TestSamples() {}

    /** A picture of coloured stripes, another for each seed. */
    public static Pixels pixels(int width, int height, long seed) {
        var random = new KeyedRandom(seed, width, height);
        var rgb = new byte[3 * width * height];
        int[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (colour[c] + (i % width) * (c + 1) + (i / width) * 2);
            }
        }
        return Pixels.of(width, height, rgb);
    }

    /** The same as a file. */
    public static EncodedPicture picture(int width, int height, long seed) {
        return new EncodedPicture(
                "png", PictureWriter.encode(pixels(width, height, seed), PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    /** A captioned picture. */
    public static Sample imageText(int n) {
        return new Sample(
                "sample" + n,
                SampleKind.IMAGE_TEXT,
                "picture number " + n,
                List.of(picture(16 + n % 3, 16, n)),
                Map.of("width", 16 + n % 3, "height", 16, "score", n / 2.0, "tags", List.of("a", "b" + n)));
    }

    /** A text. */
    public static Sample text(int n) {
        return new Sample("text" + n, SampleKind.TEXT, "text number " + n, List.of(), Map.of());
    }

    /** An edit of one picture into another. */
    public static Sample edit(int n) {
        return new Sample(
                "edit" + n,
                SampleKind.EDIT,
                "<image_0>make it " + n + "<image_1>",
                List.of(picture(16, 16, n), picture(16, 16, n + 1)),
                Map.of());
    }

    /** A story with so many pictures. */
    public static Sample interleaved(int n, int pictures) {
        var caption = new StringBuilder("story " + n);
        var all = new ArrayList<EncodedPicture>();
        for (int i = 0; i < pictures; i++) {
            caption.append(" then <image_").append(i).append(">");
            all.add(picture(16, 32, n + i));
        }
        return new Sample("story" + n, SampleKind.INTERLEAVED, caption.toString(), all, Map.of());
    }

    /** Fails unless both are the same in all that a shard keeps. */
    public static boolean same(Sample a, Sample b) {
        if (!a.key().equals(b.key())
                || a.kind() != b.kind()
                || !a.caption().equals(b.caption())
                || !a.fields().equals(b.fields())
                || a.pictures().size() != b.pictures().size()) {
            return false;
        }
        for (int i = 0; i < a.pictures().size(); i++) {
            if (!java.util.Arrays.equals(
                    a.pictures().get(i).bytes(), b.pictures().get(i).bytes())) {
                return false;
            }
        }
        return true;
    }
}
