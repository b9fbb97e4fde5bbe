package dev.nextstep.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes pictures. The same pixels and options give the same bytes. A file is written beside its target, forced to disk and
 * renamed: a crash leaves the old file or the new one.
 */
public final class PictureWriter {
    private PictureWriter() {}

    /** Writes in the format that the file's name asks for, without texts. */
    public static void write(Path file, Pixels pixels) {
        write(file, pixels, PictureFormat.ofFileName(file), WriteOptions.DEFAULT);
    }

    /**
     * Writes a file.
     *
     * @throws PictureException if the folder is missing or the format cannot hold the picture; the target is then as it
     *     was
     * @throws PictureWriteException likewise, if the system refuses: the folder is read-only, the disk is full
     */
    public static void write(Path file, Pixels pixels, PictureFormat format, WriteOptions options) {
        try {
            AtomicFile.write(file, bytes(pixels, format, options));
        } catch (BadPicture e) {
            throw new PictureException("cannot write picture " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new PictureWriteException("cannot write picture " + file + ": " + FileBytes.reason(e), e);
        }
    }

    /**
     * The file in memory.
     *
     * @throws PictureException if the format cannot hold the picture or its texts
     */
    public static byte[] encode(Pixels pixels, PictureFormat format, WriteOptions options) {
        try {
            return bytes(pixels, format, options);
        } catch (BadPicture e) {
            throw new PictureException("cannot write a " + format + " picture: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new PictureException("cannot write a " + format + " picture: " + FileBytes.reason(e), e);
        }
    }

    private static byte[] bytes(Pixels pixels, PictureFormat format, WriteOptions options)
            throws BadPicture, IOException {
        if (Math.max(pixels.width(), pixels.height()) > format.maxSide()) {
            throw new BadPicture("it has " + pixels.width() + " x " + pixels.height() + " pixels; " + format
                    + " holds sides up to " + format.maxSide());
        }
        return switch (format) {
            case PNG -> PngEncoder.encode(pixels, options.texts());
            case JPEG -> JpegEncoder.encode(pixels, options);
            case WEBP -> WebpEncoder.encode(pixels, options.texts());
        };
    }
}
