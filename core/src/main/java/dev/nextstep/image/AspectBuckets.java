package dev.nextstep.image;

import java.util.Comparator;
import java.util.List;

/**
 * The 17 aspect ratios of the February 2026 code, their token grids per area, and how a picture is brought to one of them
 * (spec §4.1). An area is given by the side S of the square picture that has it; S is a multiple of 16. Rounding is half
 * to even everywhere.
 */
public final class AspectBuckets {
    /** Pixels per image token along one side: eight per latent pixel, two latent pixels per token. */
    public static final int TOKEN_PIXELS = 16;

    /** The areas that the official code uses when none are named. */
    public static final List<Integer> DEFAULT_AREAS = List.of(256, 512, 768, 1024);

    /** The ratios from widest to tallest, as grids for S = 256. */
    public static final List<Grid> RATIOS = List.of(
            new Grid(8, 32),
            new Grid(9, 28),
            new Grid(10, 25),
            new Grid(11, 23),
            new Grid(12, 21),
            new Grid(13, 19),
            new Grid(14, 18),
            new Grid(15, 17),
            new Grid(16, 16),
            new Grid(17, 15),
            new Grid(18, 14),
            new Grid(19, 13),
            new Grid(21, 12),
            new Grid(23, 11),
            new Grid(25, 10),
            new Grid(28, 9),
            new Grid(32, 8));

    private static final int BASE = 16;

    private AspectBuckets() {}

    /**
     * A grid of image tokens.
     *
     * @param height rows
     * @param width tokens per row
     */
    public record Grid(int height, int width) {}

    /**
     * How a picture reaches a bucket: resize to resizeWidth × resizeHeight, then cut width × height at cropX, cropY.
     * Everything but the grid is in pixels.
     */
    public record Plan(int resizeWidth, int resizeHeight, int cropX, int cropY, int width, int height, Grid grid) {}

    /** Index into {@link #RATIOS} of the ratio closest to a picture's height / width; the first of equals. */
    public static int nearest(int width, int height) {
        checkSize(width, height);
        return nearest((double) height / width);
    }

    /**
     * Index into {@link #RATIOS} of the ratio closest to the wanted one; the first of equals.
     *
     * @param heightOverWidth above 0: 0.5625 asks for 16:9
     */
    public static int nearest(double heightOverWidth) {
        if (!(heightOverWidth > 0) || Double.isInfinite(heightOverWidth)) {
            throw new IllegalArgumentException("height / width must be above 0 and finite, got " + heightOverWidth);
        }
        int best = 0;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (int i = 0; i < RATIOS.size(); i++) {
            Grid ratio = RATIOS.get(i);
            double distance = Math.abs(heightOverWidth - (double) ratio.height() / ratio.width());
            if (distance < bestDistance) {
                best = i;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** The grid of one ratio at one area. */
    public static Grid grid(int ratio, int area) {
        checkArea(area);
        Grid base = RATIOS.get(ratio);
        int tokens = area / TOKEN_PIXELS;
        return new Grid((int) Math.rint((double) (base.height() * tokens) / BASE), (int)
                Math.rint((double) (base.width() * tokens) / BASE));
    }

    /** The grids of all ratios at one area, in the order of {@link #RATIOS}. */
    public static List<Grid> grids(int area) {
        checkArea(area);
        return java.util.stream.IntStream.range(0, RATIOS.size())
                .mapToObj(i -> grid(i, area))
                .toList();
    }

    /** The crop of a picture to its nearest bucket: scaled until it covers the bucket, then cut around the centre. */
    public static Plan crop(int width, int height, int area) {
        Grid target = targetPixels(width, height, area);
        var plan = cover(width, height, target.width(), target.height());
        return new Plan(
                plan.resizeWidth,
                plan.resizeHeight,
                plan.cropX,
                plan.cropY,
                plan.width,
                plan.height,
                grid(nearest(width, height), area));
    }

    /** Scaling a picture until it covers a size, then cutting around the centre; the grid holds whole tokens only. */
    static Plan cover(int width, int height, int toWidth, int toHeight) {
        double scale = Math.max((double) toHeight / height, (double) toWidth / width);
        int resizeHeight = (int) Math.rint(height * scale);
        int resizeWidth = (int) Math.rint(width * scale);
        return new Plan(
                resizeWidth,
                resizeHeight,
                (resizeWidth - toWidth) / 2,
                (resizeHeight - toHeight) / 2,
                toWidth,
                toHeight,
                new Grid(toHeight / TOKEN_PIXELS, toWidth / TOKEN_PIXELS));
    }

    /** Bringing a picture to its nearest bucket without cutting: both sides scaled on their own. */
    public static Plan stretch(int width, int height, int area) {
        checkArea(area);
        int ratio = nearest(width, height);
        int perToken = area / TOKEN_PIXELS;
        int outHeight = RATIOS.get(ratio).height() * perToken;
        int outWidth = RATIOS.get(ratio).width() * perToken;
        return new Plan(outWidth, outHeight, 0, 0, outWidth, outHeight, grid(ratio, area));
    }

    /** The largest area that the picture fills (width · height ≥ S²), or the smallest of all. */
    public static int chooseArea(int width, int height, List<Integer> areas) {
        checkSize(width, height);
        if (areas.isEmpty()) {
            throw new IllegalArgumentException("at least one area is needed, such as " + DEFAULT_AREAS);
        }
        areas.forEach(AspectBuckets::checkArea);
        List<Integer> descending =
                areas.stream().sorted(Comparator.reverseOrder()).toList();
        return descending.stream()
                .filter(s -> (long) width * height >= (long) s * s)
                .findFirst()
                .orElse(descending.getLast());
    }

    private static Grid targetPixels(int width, int height, int area) {
        checkArea(area);
        Grid ratio = RATIOS.get(nearest(width, height));
        double perToken = (double) area / BASE;
        return new Grid((int) Math.rint(perToken * ratio.height()), (int) Math.rint(perToken * ratio.width()));
    }

    private static void checkSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture needs at least 1 x 1 pixels, got " + width + " x " + height);
        }
    }

    static void checkArea(int area) {
        if (area < TOKEN_PIXELS || area % TOKEN_PIXELS != 0 || area > 1 << 14) {
            throw new IllegalArgumentException("an area is given by the side of its square, a multiple of "
                    + TOKEN_PIXELS + " from 16 to 16384; got " + area);
        }
    }
}
