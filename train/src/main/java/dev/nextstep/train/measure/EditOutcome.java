package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;

/**
 * What an edit did: distances of source and drawn picture to the true target.
 *
 * @param gridBefore from source to target, distance of {@link ColourGrid}s
 * @param gridAfter from drawn picture to target
 * @param pixelsBefore from source to target, root mean square over all pixel values, 0 to 255
 * @param pixelsAfter from drawn picture to target
 */
public record EditOutcome(double gridBefore, double gridAfter, double pixelsBefore, double pixelsAfter) {
    /**
     * Measures three pictures of one size.
     *
     * @throws IllegalArgumentException if the sizes differ or are not multiples of 16
     */
    public static EditOutcome of(Pixels source, Pixels drawn, Pixels target) {
        var goal = ColourGrid.of(target);
        return new EditOutcome(
                ColourGrid.of(source).distance(goal),
                ColourGrid.of(drawn).distance(goal),
                rootMeanSquare(source, target),
                rootMeanSquare(drawn, target));
    }

    /** Whether the drawn picture's grid is nearer to the target's than the source's is. */
    public boolean nearerByGrid() {
        return gridAfter < gridBefore;
    }

    /** Whether the drawn picture's pixels are nearer to the target's than the source's are. */
    public boolean nearerByPixels() {
        return pixelsAfter < pixelsBefore;
    }

    /** Whether there is anything to do: no picture can be nearer to the target than the target itself. */
    public boolean isFair() {
        return gridBefore > 0;
    }

    private static double rootMeanSquare(Pixels a, Pixels b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("only pictures of one size can be compared, not %d x %d with %d x %d"
                    .formatted(a.width(), a.height(), b.width(), b.height()));
        }
        byte[] x = a.toBytes();
        byte[] y = b.toBytes();
        long squares = 0;
        for (int i = 0; i < x.length; i++) {
            int d = (x[i] & 255) - (y[i] & 255);
            squares += (long) d * d;
        }
        return Math.sqrt((double) squares / x.length);
    }
}
