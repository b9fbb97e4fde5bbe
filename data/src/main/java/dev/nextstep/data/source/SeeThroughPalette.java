package dev.nextstep.data.source;

import dev.nextstep.image.Pixels;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures with a palette that has transparent colours. Where an alpha channel is laid on white, the official code drops
 * the transparency of a palette (spec §4.1) and takes the colour beneath, often black. A data set can do better: what
 * was meant to be seen through is white in it.
 */
final class SeeThroughPalette {
    private SeeThroughPalette() {}

    /**
     * The picture on white.
     *
     * @param file a file that can be read
     * @param read the same as the official code reads it
     * @return empty if it has no palette or nothing in it is transparent
     */
    static Optional<Pixels> onWhite(byte[] file, Pixels read) throws IOException {
        boolean mayHavePalette = startsWith(file, 0x89, 'P', 'N', 'G') || startsWith(file, 'G', 'I', 'F', '8');
        if (!mayHavePalette) {
            return Optional.empty();
        }
        BufferedImage picture = decoded(file);
        if (picture == null || !(picture.getColorModel() instanceof IndexColorModel palette) || !palette.hasAlpha()) {
            return Optional.empty();
        }
        if (picture.getWidth() != read.width() || picture.getHeight() != read.height()) {
            return Optional.empty(); // a frame of another size than its file says
        }
        var white = new BufferedImage(read.width(), read.height(), BufferedImage.TYPE_INT_RGB);
        var canvas = white.createGraphics();
        canvas.drawImage(picture, 0, 0, Color.WHITE, null);
        canvas.dispose();
        var rgb = new byte[3 * read.width() * read.height()];
        for (int y = 0, i = 0; y < read.height(); y++) {
            for (int x = 0; x < read.width(); x++) {
                int colour = white.getRGB(x, y);
                boolean opaque = picture.getRGB(x, y) >>> 24 == 255;
                if (opaque && (colour & 0xFFFFFF) != (read.rgb(x, y) & 0xFFFFFF)) {
                    return Optional.empty(); // turned by what its file says of the camera
                }
                rgb[i++] = (byte) (colour >> 16);
                rgb[i++] = (byte) (colour >> 8);
                rgb[i++] = (byte) colour;
            }
        }
        return Optional.of(Pixels.of(read.width(), read.height(), rgb));
    }

    // What the reader could read, this one may not; then the reader's picture is as good as it gets.
    private static @Nullable BufferedImage decoded(byte[] file) {
        try {
            // Closes the stream itself, and a stream of memory holds nothing that would have to be given back.
            return ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static boolean startsWith(byte[] file, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (file.length <= i || (file[i] & 255) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
