package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.image.AspectBuckets;
import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.tensor.Finite;
import dev.nextstep.vae.Planes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Pixels to tokens and back, with the sizes checked. */
final class PictureCodec {
    private final LoadedModel model;
    // One picture at a time: each may take a gigabyte, and the threads are the same.
    private final ReentrantLock turn = new ReentrantLock(true);

    PictureCodec(LoadedModel model) {
        this.model = model;
    }

    /**
     * The grid of a size in pixels.
     *
     * @throws IllegalArgumentException if a side is not a positive multiple of a token's side, or too long; the message
     *     gives the nearest size or the limits
     */
    Grid grid(int width, int height) {
        int side = model.pixelsPerToken();
        if (width < side || height < side || width % side != 0 || height % side != 0) {
            throw new IllegalArgumentException(
                    "the size is %d x %d pixels; both sides must be multiples of %d, such as %d x %d"
                            .formatted(width, height, side, nearest(width, side), nearest(height, side)));
        }
        if (width / side > Grid.LONGEST_SIDE
                || height / side > Grid.LONGEST_SIDE
                || (width / side) * (height / side) > Grid.MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "the size is %d x %d pixels; sides may have up to %d pixels, and the picture %d tokens of %d x %d pixels"
                            .formatted(width, height, Grid.LONGEST_SIDE * side, Grid.MOST_TOKENS, side, side));
        }
        return new Grid(height / side, width / side);
    }

    private static int nearest(int pixels, int side) {
        return (int) Math.max(1, Math.round((double) pixels / side)) * side;
    }

    /** The grid of a ratio ({@link AspectBuckets#RATIOS}) at the area of the settings. */
    Grid bucket(int ratio, DrawingSettings settings) {
        double area = Math.sqrt((double) settings.width() * settings.height());
        int tokens = (int) Math.max(1, Math.round(area / model.pixelsPerToken()));
        var bucket = AspectBuckets.grid(ratio, tokens * AspectBuckets.TOKEN_PIXELS);
        return new Grid(Math.max(1, bucket.height()), Math.max(1, bucket.width()));
    }

    /** A source picture cut to the aspect bucket nearest to its shape, at the area of the settings (spec §4.1). */
    Pixels fit(Pixels source, DrawingSettings settings) {
        int side = model.pixelsPerToken();
        var bucket = bucket(AspectBuckets.nearest(source.width(), source.height()), settings);
        return new SourceFit.Cover(bucket.columns() * side, bucket.rows() * side).apply(source);
    }

    /** Encodes a picture whose sides are multiples of a token's. */
    float[] encode(Pixels pixels, Cancellation cancellation) {
        grid(pixels.width(), pixels.height());
        var planes = new Planes(3, pixels.height(), pixels.width(), PixelFloats.toFloats(pixels));
        takeTurn(cancellation);
        try {
            return model.patchifier().patchify(model.backend().encode(planes, fraction -> cancellation.check()));
        } finally {
            turn.unlock();
        }
    }

    /** Decodes tokens of that grid. */
    Pixels decode(Grid grid, float[] tokens, Cancellation cancellation) {
        int channels = model.directory().vae().config().latentChannels();
        var latent = model.patchifier().unpatchify(tokens, channels, grid.rows(), grid.columns());
        var decoded = decode(latent, cancellation);
        Finite.require(decoded.values(), model.directory().vae().tensors().origin() + ": decoded pixels");
        return PixelFloats.fromFloats(decoded.values(), decoded.width(), decoded.height());
    }

    private Planes decode(Planes latent, Cancellation cancellation) {
        takeTurn(cancellation);
        try {
            return model.backend().decode(latent, fraction -> cancellation.check());
        } finally {
            turn.unlock();
        }
    }

    private void takeTurn(Cancellation cancellation) {
        try {
            do {
                cancellation.check();
            } while (!turn.tryLock(20, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the drawing was cancelled");
        }
    }
}
