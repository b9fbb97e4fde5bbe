package dev.nextstep.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Formats that pictures are written in. */
public enum PictureFormat {
    /** Lossless. */
    PNG("image/png", 1_000_000, "png"),
    /** Lossy, see {@link WriteOptions#quality}. */
    JPEG("image/jpeg", 65_500, "jpg jpeg jpe"),
    /** Lossless WebP (VP8L). */
    WEBP("image/webp", 16_383, "webp");

    private final String mediaType;
    private final int maxSide;
    /** Endings of file names, the usual one first. */
    private final String endings;

    PictureFormat(String mediaType, int maxSide, String endings) {
        this.mediaType = mediaType;
        this.maxSide = maxSide;
        this.endings = endings;
    }

    /** Such as {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }

    /** The usual ending of file names, without a dot. */
    public String ending() {
        return endings().getFirst();
    }

    private List<String> endings() {
        return List.of(endings.split(" "));
    }

    /** Longest side that the format can hold. */
    int maxSide() {
        return maxSide;
    }

    /**
     * The format that a file name asks for by its ending, whatever its case.
     *
     * @throws PictureException if the ending is missing or names no known format
     */
    public static PictureFormat ofFileName(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (PictureFormat format : values()) {
            if (name.indexOf('.') >= 0 && format.endings().contains(ending)) {
                return format;
            }
        }
        throw new PictureException(
                "cannot tell the picture format of " + file + "; its name must end in .png, .jpg, .jpeg or .webp");
    }
}
