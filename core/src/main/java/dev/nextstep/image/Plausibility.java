package dev.nextstep.image;

/** Holds the size that a header claims against the size of the file, so that a few bytes cannot ask for gigabytes. */
final class Plausibility {
    private Plausibility() {}

    /**
     * Refuses more pixels than the format could store in so many bytes.
     *
     * @param freePixels never refused up to here
     */
    static void check(long pixels, long bytes, long pixelsPerByte, long freePixels) throws BadPicture {
        if (pixels > Math.max(freePixels, bytes * pixelsPerByte)) {
            throw new BadPicture("its " + bytes + " bytes cannot hold " + pixels
                    + " pixels; it is truncated or lies about its size");
        }
    }
}
