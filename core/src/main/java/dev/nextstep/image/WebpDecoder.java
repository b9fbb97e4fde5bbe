package dev.nextstep.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * WebP, lossy and lossless, with or without alpha; of an animation the first frame. The decoder gets a container with
 * nothing but the picture, so that no colour profile changes the bytes and damaged metadata does not matter.
 */
final class WebpDecoder {
    /** A picture of one colour needs no bits per pixel, so there is no true bound; this one is far beyond real pictures. */
    private static final int PIXELS_PER_BYTE = 20_000;

    private static final int FREE_PIXELS = 16 << 20;

    private WebpDecoder() {}

    static Raster decode(byte[] file, PictureLimits limits) throws BadPicture, IOException {
        WebpContainer container = WebpContainer.of(file);
        limits.check(container.canvasWidth(), container.canvasHeight());
        limits.check(container.frameWidth(), container.frameHeight());
        Plausibility.check(
                (long) container.canvasWidth() * container.canvasHeight(), file.length, PIXELS_PER_BYTE, FREE_PIXELS);
        if ((long) container.frameX() + container.frameWidth() > container.canvasWidth()
                || (long) container.frameY() + container.frameHeight() > container.canvasHeight()) {
            throw new BadPicture("its first frame reaches outside of its canvas");
        }
        Raster frame = decodeFrame(container);
        if (frame.width() == container.canvasWidth() && frame.height() == container.canvasHeight()) {
            return frame;
        }
        return onCanvas(frame, container);
    }

    private static Raster decodeFrame(WebpContainer container) throws BadPicture, IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (var stream = new FiniteStream(container.pictureOnly())) {
            reader.setInput(stream, true, true);
            if (reader.getWidth(0) != container.frameWidth() || reader.getHeight(0) != container.frameHeight()) {
                throw new BadPicture("its headers disagree about its size");
            }
            java.awt.image.Raster raster = reader.read(0).getRaster();
            int width = raster.getWidth();
            int height = raster.getHeight();
            int bands = raster.getNumBands();
            if (bands != 3 && bands != 4) {
                throw new BadPicture("its decoder delivers " + bands + " channels");
            }
            PixelMode mode = bands == 4 && container.hasAlpha() ? PixelMode.RGBA : PixelMode.RGB;
            byte[] out = new byte[width * height * mode.channels()];
            int[] row = new int[width * bands];
            int at = 0;
            for (int y = 0; y < height; y++) {
                raster.getPixels(0, y, width, 1, row);
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < mode.channels(); c++) {
                        out[at++] = (byte) row[x * bands + c];
                    }
                }
            }
            return new Raster(mode, width, height, out);
        } finally {
            reader.dispose();
        }
    }

    /** A frame of an animation that covers only a part lies on transparent ground. */
    private static Raster onCanvas(Raster frame, WebpContainer container) {
        int width = container.canvasWidth();
        int height = container.canvasHeight();
        byte[] out = new byte[4 * width * height];
        int channels = frame.mode().channels();
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                int from = (y * frame.width() + x) * channels;
                int to = 4 * ((y + container.frameY()) * width + x + container.frameX());
                System.arraycopy(frame.bytes(), from, out, to, channels);
                if (channels == 3) {
                    out[to + 3] = (byte) 255;
                }
            }
        }
        return new Raster(PixelMode.RGBA, width, height, out);
    }
}
