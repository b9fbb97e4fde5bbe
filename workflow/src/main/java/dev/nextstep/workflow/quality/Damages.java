package dev.nextstep.workflow.quality;

import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.vae.Planes;
import java.util.Random;

/** Damage done to sound pictures on purpose, as pictures of this kind of model show it (paper §6, Fig. 8). */
final class Damages {
    private final NextStep model;
    private final Random random;
    private final int side;

    /** A sound picture and its tokens, as the model drew them. */
    record Sound(Pixels pixels, ImageTokens tokens) {}

    /** A damaged one; its tokens are what the image tokenizer was given. */
    record Damaged(Pixels pixels, ImageTokens tokens) {}

    /** What is done. */
    enum Kind {
        /** A deviation of 0.5 is added to every number of every token. */
        NOISED(1, "latents with noise of 0.5"),
        /** The picture's latents as they are before the image tokenizer normalises them. */
        UNNORMALIZED(2, "latents that are not normalised"),
        /** A block of 2 x 2 tokens is noise of twice the usual deviation. */
        NOISE_BLOCK(3, "2 x 2 tokens of noise"),
        /** The last row of tokens is noise. */
        NOISY_END(4, "last row of tokens noise"),
        /** A block of 2 x 2 tokens is plain grey in pixels. */
        GREY_PATCH(5, "2 x 2 tokens grey"),
        /** Every token is shifted in brightness by up to 15 grey levels. */
        GRID(6, "tokens of other brightness, ± 15"),
        /** White noise of 15 grey levels over all pixels. */
        PIXEL_NOISE(7, "pixel noise, deviation 15");

        private final long seed;
        private final String title;

        Kind(long seed, String title) {
            this.seed = seed;
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Of its random numbers, so that kinds do not depend on each other. */
        long seed() {
            return seed;
        }

        /** Whether it is done to pixels, not to tokens. */
        boolean isOfPixels() {
            return this == GREY_PATCH || this == GRID || this == PIXEL_NOISE;
        }
    }

    Damages(NextStep model, long seed) {
        this.model = model;
        this.random = new Random(seed);
        this.side = model.parts().pixelsPerToken();
    }

    Damaged of(Kind kind, Sound sound) {
        return switch (kind) {
            case NOISED -> decoded(noised(sound.tokens));
            case UNNORMALIZED -> decoded(raw(sound));
            case NOISE_BLOCK -> decoded(noiseBlock(sound.tokens));
            case NOISY_END -> decoded(noise(sound.tokens, sound.tokens.rows() - 1, 0, 1, sound.tokens.columns(), 1));
            case GREY_PATCH -> encoded(grey(sound.pixels));
            case GRID -> encoded(uneven(sound.pixels));
            case PIXEL_NOISE -> encoded(noisy(sound.pixels));
        };
    }

    private Damaged decoded(ImageTokens tokens) {
        return new Damaged(model.decode(tokens), tokens);
    }

    private Damaged encoded(Pixels pixels) {
        return new Damaged(pixels, model.encode(pixels));
    }

    private ImageTokens noised(ImageTokens t) {
        var values = t.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (0.5 * random.nextGaussian());
        }
        return new ImageTokens(t.rows(), t.columns(), values);
    }

    private ImageTokens raw(Sound sound) {
        var pixels = sound.pixels;
        var planes = new Planes(3, pixels.height(), pixels.width(), PixelFloats.toFloats(pixels));
        var encoded = model.parts().cpu().imageTokenizer().encode(planes).encoderOut();
        int channels = model.parts().directory().vae().config().latentChannels();
        var values = model.parts().patchifier().patchify(encoded.slice(0, channels));
        return new ImageTokens(sound.tokens.rows(), sound.tokens.columns(), values);
    }

    private ImageTokens noiseBlock(ImageTokens t) {
        int rows = Math.min(2, t.rows());
        int columns = Math.min(2, t.columns());
        return noise(
                t, random.nextInt(t.rows() - rows + 1), random.nextInt(t.columns() - columns + 1), rows, columns, 2);
    }

    private ImageTokens noise(ImageTokens t, int row, int column, int rows, int columns, double deviation) {
        var values = t.values().clone();
        int dimension = values.length / (t.rows() * t.columns());
        for (int r = row; r < row + rows; r++) {
            int from = (r * t.columns() + column) * dimension;
            for (int i = from; i < from + columns * dimension; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return new ImageTokens(t.rows(), t.columns(), values);
    }

    private Pixels grey(Pixels p) {
        var rgb = p.toBytes();
        int width = Math.min(2 * side, p.width());
        int height = Math.min(2 * side, p.height());
        int left = random.nextInt((p.width() - width) / side + 1) * side;
        int top = random.nextInt((p.height() - height) / side + 1) * side;
        for (int y = top; y < top + height; y++) {
            for (int i = 3 * (y * p.width() + left); i < 3 * (y * p.width() + left + width); i++) {
                rgb[i] = (byte) (128 + random.nextInt(5) - 2);
            }
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }

    private Pixels uneven(Pixels p) {
        var rgb = p.toBytes();
        int columns = p.width() / side;
        var shift =
                random.doubles((long) columns * (p.height() / side), -15, 15).toArray();
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % p.width();
            int y = i / 3 / p.width();
            rgb[i] = shifted(rgb[i], shift[y / side * columns + x / side]);
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }

    private Pixels noisy(Pixels p) {
        var rgb = p.toBytes();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = shifted(rgb[i], 15 * random.nextGaussian());
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }

    private static byte shifted(byte value, double by) {
        return (byte) Math.clamp(Math.round((value & 255) + by), 0, 255);
    }
}
