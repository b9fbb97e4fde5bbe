package dev.nextstep.train.tokenizer;

import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import dev.nextstep.train.run.RandomStream;

/** Square crops of pictures, chosen by step and place in the batch. */
final class Crops {
    private final PictureSource pictures;
    private final CropSet set;

    Crops(PictureSource pictures, CropSet set) {
        this.pictures = pictures;
        this.set = set;
    }

    /** Pixels [batch, 3, side, side] in −1..1. */
    float[] batch(RandomStream choices) {
        int plane = set.values();
        var all = new float[set.batch() * plane];
        for (int i = 0; i < set.batch(); i++) {
            var picture = pictures.get(choices.nextInt(pictures.size()));
            boolean whole = i < Math.round(set.wholeShare() * set.batch());
            var crop = whole ? fitted(picture, set.side()) : cut(picture, choices);
            boolean mirrored = choices.nextBoolean();
            System.arraycopy(PixelFloats.toFloats(mirrored ? mirrored(crop) : crop), 0, all, i * plane, plane);
        }
        return all;
    }

    /** The middle square of a picture, brought to a side. */
    static Pixels fitted(Pixels picture, int side) {
        int least = Math.min(picture.width(), picture.height());
        var square = section(picture, (picture.width() - least) / 2, (picture.height() - least) / 2, least);
        return least == side ? square : Resampler.resize(square, side, side, ResampleFilter.BOX);
    }

    private Pixels cut(Pixels picture, RandomStream choices) {
        int side = set.side();
        if (picture.width() < side || picture.height() < side) {
            return fitted(picture, side);
        }
        int x = choices.nextInt(picture.width() - side + 1);
        int y = choices.nextInt(picture.height() - side + 1);
        return section(picture, x, y, side);
    }

    private static Pixels section(Pixels picture, int x, int y, int side) {
        if (side == picture.width() && side == picture.height()) {
            return picture;
        }
        var source = picture.toBytes();
        var target = new byte[3 * side * side];
        for (int row = 0; row < side; row++) {
            System.arraycopy(source, 3 * ((y + row) * picture.width() + x), target, 3 * row * side, 3 * side);
        }
        return Pixels.of(side, side, target);
    }

    private static Pixels mirrored(Pixels picture) {
        var source = picture.toBytes();
        var target = new byte[source.length];
        int width = picture.width();
        for (int at = 0; at < source.length; at += 3) {
            int x = at / 3 % width;
            System.arraycopy(source, at, target, at + 3 * (width - 1 - 2 * x), 3);
        }
        return Pixels.of(width, picture.height(), target);
    }
}
