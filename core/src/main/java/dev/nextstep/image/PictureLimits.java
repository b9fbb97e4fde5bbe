package dev.nextstep.image;

/**
 * What a picture file may claim before anything is decoded.
 *
 * @param maxPixels largest width · height
 * @param maxSide largest width and largest height, at most 65 535
 */
public record PictureLimits(long maxPixels, int maxSide) {
    /** 64 million pixels, sides up to 30 000. */
    public static final PictureLimits DEFAULT = new PictureLimits(64_000_000, 30_000);

    /** Beyond this a four-channel raster would no longer fit into one array. */
    private static final long HARD_LIMIT = 500_000_000;

    public PictureLimits {
        if (maxPixels < 1 || maxPixels > HARD_LIMIT) {
            throw new IllegalArgumentException("maxPixels must be in 1.." + HARD_LIMIT + ", got " + maxPixels);
        }
        if (maxSide < 1 || maxSide > 65_535) {
            throw new IllegalArgumentException("maxSide must be in 1..65535, got " + maxSide);
        }
    }

    /** Refuses a size that is empty or too large. */
    void check(long width, long height) throws BadPicture {
        if (width < 1 || height < 1) {
            throw new BadPicture("it claims a size of " + width + " x " + height + " pixels");
        }
        if (width > maxSide || height > maxSide || width * height > maxPixels) {
            throw new BadPicture("it claims " + width + " x " + height + " pixels; allowed are sides up to " + maxSide
                    + " and " + maxPixels + " pixels in all (see PictureLimits)");
        }
    }
}
