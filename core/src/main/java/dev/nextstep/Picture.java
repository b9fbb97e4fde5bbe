package dev.nextstep;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * A drawn picture.
 *
 * @param pixels what it looks like
 * @param tokens image tokens [h·w, tokenDim], raster order
 * @param recipe how it was drawn
 */
public record Picture(Pixels pixels, float[] tokens, Recipe recipe) {

    /** Keyword of the recipe as text in a file, as other programs of the field use it. */
    public static final String PARAMETERS = "parameters";

    /**
     * Writes it with its recipe ({@link Recipe#toTexts}); the ending of the name decides the format (png, jpg, webp). The file is written beside its
     * target and renamed, so that a crash leaves the old file or the new one. For other qualities, or without the recipe, use {@link PictureWriter}.
     *
     * @throws dev.nextstep.image.PictureException if the ending is unknown or the file cannot be written
     */
    public void write(Path file) {
        PictureWriter.write(
                file, pixels, PictureFormat.ofFileName(file), WriteOptions.DEFAULT.withTexts(recipe.toTexts()));
    }

    /** A copy for Java's own imaging, RGB. */
    public BufferedImage toBufferedImage() {
        var image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                image.setRGB(x, y, pixels.rgb(x, y));
            }
        }
        return image;
    }
}
