package dev.nextstep.image;

/** Filters of Pillow's {@code resize}; the kernels are evaluated in double precision (spec §4.7). */
public enum ResampleFilter {
    /** The nearest pixel, no filter. */
    NEAREST(0),
    /** Mean of the pixels below the window. */
    BOX(0.5),
    /** Triangle. */
    BILINEAR(1),
    /** Hamming-windowed sinc, as sharp as bicubic at the cost of bilinear. */
    HAMMING(1),
    /** Cubic convolution with a = −0.5; Pillow's default. */
    BICUBIC(2),
    /** Sinc windowed by sinc, three lobes. */
    LANCZOS(3);

    private final double support;

    ResampleFilter(double support) {
        this.support = support;
    }

    /** Half width of the kernel in source pixels when the scale is 1. */
    double support() {
        return support;
    }

    double weight(double x) {
        return switch (this) {
            case NEAREST -> throw new IllegalStateException("NEAREST has no kernel");
            case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case BILINEAR -> Math.max(0, 1 - Math.abs(x));
            case HAMMING -> hamming(Math.abs(x));
            case BICUBIC -> bicubic(Math.abs(x));
            case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        };
    }

    private static double bicubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double hamming(double x) {
        if (x == 0) {
            return 1;
        }
        if (x >= 1) {
            return 0;
        }
        double t = x * Math.PI;
        return StrictMath.sin(t) / t * (0.54 + 0.46 * StrictMath.cos(t));
    }

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double t = x * Math.PI;
        return StrictMath.sin(t) / t;
    }
}
