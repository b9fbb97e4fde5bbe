package dev.nextstep.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads pictures as the official code sees them (spec §4.1): the first picture of a PNG, JPEG, WebP, GIF or BMP file, turned
 * as EXIF says, alpha laid on white, converted to RGB. The kind is told by the first bytes, not by the name. Bytes equal
 * Pillow's for PNG, GIF, BMP and lossless WebP, and for JPEG as far as compared; lossy WebP differs by a few levels, because
 * the decoder interpolates colour differently.
 *
 * @param limits what a file may claim; checked before anything is decoded
 */
public record PictureReader(PictureLimits limits) {

    /** A reader with {@link PictureLimits#DEFAULT}. */
    public PictureReader() {
        this(PictureLimits.DEFAULT);
    }

    /**
     * Reads a file.
     *
     * @throws PictureException if it cannot be read: missing, empty, truncated, damaged, too large, of an unknown kind or
     *     of a mode that is not supported; the message names the file and the reason
     */
    public Pixels read(Path file) {
        try {
            return decode(FileBytes.read(file), file.toString());
        } catch (IOException e) {
            throw new PictureException("cannot read picture " + file + ": " + FileBytes.reason(e), e);
        } catch (BadPicture e) {
            throw new PictureException("cannot read picture " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a picture from memory.
     *
     * @param name what error messages call it
     * @throws PictureException as {@link #read(Path)} does
     */
    public Pixels read(byte[] file, String name) {
        return decode(file, name);
    }

    /**
     * Where a picture is transparent: a picture of the same size, white where nothing is to be seen, black where all is.
     *
     * @return empty if the file has no alpha channel
     * @throws PictureException as {@link #read(byte[], String)}
     */
    public Optional<Pixels> transparency(byte[] file, String name) {
        try {
            var raster = raster(file, limits);
            return raster.mode().hasAlpha() ? Optional.of(Alpha.transparency(raster)) : Optional.empty();
        } catch (BadPicture e) {
            throw new PictureException("cannot read picture " + name + ": " + e.getMessage(), e);
        }
    }

    private Pixels decode(byte[] file, String name) {
        try {
            return RgbRules.toRgb(raster(file, limits));
        } catch (BadPicture e) {
            throw new PictureException("cannot read picture " + name + ": " + e.getMessage(), e);
        }
    }

    /** The picture in the mode of its file, turned upright. */
    static Raster raster(byte[] file, PictureLimits limits) throws BadPicture {
        try {
            return upright(file, limits);
        } catch (IOException e) {
            throw new BadPicture("it is damaged: " + FileBytes.reason(e));
        } catch (RuntimeException e) {
            // Whatever a decoder stumbles over in foreign bytes is the fault of the bytes.
            throw new BadPicture("it is truncated or damaged (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Raster upright(byte[] file, PictureLimits limits) throws BadPicture, IOException {
        if (PngChunks.isPng(file)) {
            return turn(PngDecoder.decode(file, limits), PngDecoder.orientation(file));
        }
        if (startsWith(file, 0xFF, 0xD8, 0xFF)) {
            return turn(JpegDecoder.decode(file, limits), JpegDecoder.orientation(file));
        }
        if (WebpContainer.isWebp(file)) {
            return turn(WebpDecoder.decode(file, limits), WebpContainer.of(file).orientation());
        }
        if (startsWith(file, 'G', 'I', 'F', '8')) {
            return GifDecoder.decode(file, limits);
        }
        if (startsWith(file, 'B', 'M')) {
            return BmpDecoder.decode(file, limits);
        }
        throw new BadPicture(
                file.length == 0 ? "it is empty" : "its kind is unknown; PNG, JPEG, WebP, GIF and BMP are read");
    }

    private static Raster turn(Raster raster, OptionalInt orientation) {
        return Orientation.apply(raster, orientation.orElse(1));
    }

    private static boolean startsWith(byte[] file, int... prefix) {
        if (file.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((file[i] & 255) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
