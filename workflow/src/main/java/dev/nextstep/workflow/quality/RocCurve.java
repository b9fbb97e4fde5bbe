package dev.nextstep.workflow.quality;

import java.util.Arrays;

/** How well a number tells two kinds apart. */
final class RocCurve {
    private RocCurve() {}

    /**
     * The area under the curve: the chance that the number of a damaged picture is above that of a sound one, ties counted half
     * (Mann and Whitney). 0.5: it tells nothing; 1: always right; below 0.5: it prefers damage.
     */
    static double area(double[] sound, double[] damaged) {
        if (sound.length == 0 || damaged.length == 0) {
            throw new IllegalArgumentException("both kinds need at least one number");
        }
        var sorted = sound.clone();
        Arrays.sort(sorted);
        double wins = 0;
        for (double d : damaged) {
            wins += (below(sorted, d, Side.LEFT) + below(sorted, d, Side.RIGHT)) / 2.0;
        }
        return wins / sorted.length / damaged.length;
    }

    private enum Side {
        LEFT,
        RIGHT
    }

    private static int below(double[] sorted, double value, Side side) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBelow = side == Side.LEFT ? sorted[middle] < value : sorted[middle] <= value;
            if (isBelow) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
