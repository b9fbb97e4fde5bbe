package dev.nextstep.image;

import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG to the raster that Pillow sees. The JDK's decoder delivers the components untouched; colours are computed here, with
 * libjpeg's integers, so that no colour management comes in between.
 */
final class JpegDecoder {
    /** One bit per block of 8 × 8 is the least there can be. */
    private static final int MAX_PIXELS_PER_BYTE = 512;

    private JpegDecoder() {}

    static Raster decode(byte[] file, PictureLimits limits) throws BadPicture, IOException {
        JpegMarkers markers = JpegMarkers.of(file);
        limits.check(markers.width(), markers.height());
        Plausibility.check((long) markers.width() * markers.height(), file.length, MAX_PIXELS_PER_BYTE, 1 << 16);
        byte[] samples = samples(file, markers);
        return switch (markers.colours()) {
            case GRAY -> new Raster(PixelMode.L, markers.width(), markers.height(), samples);
            case RGB -> new Raster(PixelMode.RGB, markers.width(), markers.height(), samples);
            case YCC -> {
                toRgb(samples, 3);
                yield new Raster(PixelMode.RGB, markers.width(), markers.height(), samples);
            }
            case CMYK, YCCK -> {
                if (markers.colours() == JpegMarkers.Colours.YCCK) {
                    // libjpeg computes 255 − RGB as CMY, and Pillow turns all four inks around: RGB is what remains.
                    toRgb(samples, 4);
                    invert(samples, 3);
                } else {
                    invert(samples, 0);
                }
                yield new Raster(PixelMode.CMYK, markers.width(), markers.height(), samples);
            }
        };
    }

    static OptionalInt orientation(byte[] file) throws BadPicture {
        return JpegMarkers.of(file).orientation();
    }

    private static byte[] samples(byte[] file, JpegMarkers markers) throws BadPicture, IOException {
        ImageReader reader = newReader();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, true, true);
            // Where markers are damaged, the reader may have found another header than the one whose size was checked.
            if (reader.getWidth(0) != markers.width() || reader.getHeight(0) != markers.height()) {
                throw new BadPicture("its headers disagree");
            }
            java.awt.image.Raster raster = reader.readRaster(0, null);
            if (raster.getWidth() != markers.width()
                    || raster.getHeight() != markers.height()
                    || raster.getNumBands() != markers.components()
                    || !(raster.getDataBuffer() instanceof DataBufferByte data)) {
                throw new BadPicture("its header and its data disagree");
            }
            return data.getData();
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader, whatever other readers are registered. */
    private static ImageReader newReader() throws BadPicture {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (JpegDecoder.isFromJdk(reader)) {
                return reader;
            }
        }
        throw new BadPicture("this Java runtime has no JPEG reader (module java.desktop)");
    }

    static boolean isFromJdk(Object plugin) {
        return plugin.getClass().getModule() == ImageIO.class.getModule();
    }

    /** YCbCr to RGB in place, in 16 fractional bits as libjpeg has it; a fourth component is left alone. */
    private static void toRgb(byte[] samples, int step) {
        for (int i = 0; i + step <= samples.length; i += step) {
            int y = samples[i] & 255;
            int cb = (samples[i + 1] & 255) - 128;
            int cr = (samples[i + 2] & 255) - 128;
            samples[i] = clamp(y + ((91881 * cr + 32768) >> 16));
            samples[i + 1] = clamp(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
            samples[i + 2] = clamp(y + ((116130 * cb + 32768) >> 16));
        }
    }

    private static void invert(byte[] samples, int firstChannel) {
        for (int i = 0; i < samples.length; i++) {
            if (i % 4 >= firstChannel) {
                samples[i] = (byte) ~samples[i];
            }
        }
    }

    private static byte clamp(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }
}
