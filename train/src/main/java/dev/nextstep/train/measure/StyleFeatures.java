package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;

/**
 * Numbers by which a style is told: its colours, where its drawings begin and end, how hard its edges and how flat its
 * faces are. All are square roots of shares, so that rare colours count too; each pixel is shared between the classes
 * next to it, so that a small change of colour is a small change of the numbers.
 *
 * <ul>
 *   <li>colours: 6 × 6 × 6 classes of the RGB cube; 32 of red, of green, of blue; 36 of the hue, weighted with the chroma;
 *       8 × 8 of saturation and value; 16 × 16 of the two colour differences of JPEG,
 *   <li>outline: covered share of each of 16 rows and 16 columns; covered is what is darker than 240 in some channel,
 *   <li>edges: 8 classes of the luminance gradient's length (below 2, 4, 8, … 128, above),
 *   <li>directions: 8 classes of its angle, weighted with its length,
 *   <li>flatness: 8 classes of the luminance range in a 3 × 3 window, covered pixels only.
 * </ul>
 */
final class StyleFeatures {
    private static final int CUBE = 6;
    private static final int LEVELS = 32;
    private static final int HUES = 36;
    private static final int TONES = 8;
    private static final int CHROMAS = 16;
    private static final int STRIPS = 16;
    private static final int CLASSES = 8;
    private static final int PAPER = 240;

    /** Numbers of a picture. */
    static final int COUNT =
            CUBE * CUBE * CUBE + 3 * LEVELS + HUES + TONES * TONES + CHROMAS * CHROMAS + 2 * STRIPS + 3 * CLASSES;

    private final int width;
    private final int height;
    private final byte[] rgb;
    private final float[] luminance;
    private final float[] features = new float[COUNT];
    private int used;

    private StyleFeatures(Pixels pixels) {
        width = pixels.width();
        height = pixels.height();
        rgb = pixels.toBytes();
        luminance = new float[width * height];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = 0.299f * value(3 * i) + 0.587f * value(3 * i + 1) + 0.114f * value(3 * i + 2);
        }
    }

    /** The features of a picture of at least 3 × 3 pixels, numbers from 0 to 1. */
    static float[] of(Pixels pixels) {
        var features = new StyleFeatures(pixels);
        features.colours();
        features.outline();
        features.edges();
        features.flatness();
        return features.features;
    }

    private int value(int at) {
        return rgb[at] & 255;
    }

    private boolean covered(int pixel) {
        return Math.min(value(3 * pixel), Math.min(value(3 * pixel + 1), value(3 * pixel + 2))) < PAPER;
    }

    private void colours() {
        var cube = new SoftHistogram(CUBE, CUBE, CUBE);
        var channels =
                new SoftHistogram[] {new SoftHistogram(LEVELS), new SoftHistogram(LEVELS), new SoftHistogram(LEVELS)};
        var hues = new SoftHistogram(HUES + 1);
        var tones = new SoftHistogram(TONES, TONES);
        var chromas = new SoftHistogram(CHROMAS, CHROMAS);
        for (int i = 0; i < luminance.length; i++) {
            double r = value(3 * i) / 255.0;
            double g = value(3 * i + 1) / 255.0;
            double b = value(3 * i + 2) / 255.0;
            double most = Math.max(r, Math.max(g, b));
            double chroma = most - Math.min(r, Math.min(g, b));
            cube.add(1, r, g, b);
            channels[0].add(1, r);
            channels[1].add(1, g);
            channels[2].add(1, b);
            hues.add(chroma, hue(r, g, b, most, chroma));
            tones.add(1, most == 0 ? 0 : chroma / most, most);
            chromas.add(1, 0.5 - 0.169 * r - 0.331 * g + 0.5 * b, 0.5 + 0.5 * r - 0.419 * g - 0.081 * b);
        }
        hues.joinEnds();
        double pixels = luminance.length;
        addRoots(cube.amounts(), pixels);
        for (var channel : channels) {
            addRoots(channel.amounts(), pixels);
        }
        addRoots(hues.amounts(), pixels);
        addRoots(tones.amounts(), pixels);
        addRoots(chromas.amounts(), pixels);
    }

    /** Place on the colour wheel, 0 to 1; 0 for grey. */
    private static double hue(double r, double g, double b, double most, double chroma) {
        if (chroma == 0) {
            return 0;
        }
        double sixth;
        if (most == r) {
            sixth = (g - b) / chroma;
        } else if (most == g) {
            sixth = (b - r) / chroma + 2;
        } else {
            sixth = (r - g) / chroma + 4;
        }
        return (sixth < 0 ? sixth + 6 : sixth) / 6;
    }

    private void outline() {
        var rows = new double[STRIPS];
        var columns = new double[STRIPS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (covered(y * width + x)) {
                    rows[y * STRIPS / height]++;
                    columns[x * STRIPS / width]++;
                }
            }
        }
        double strip = (double) luminance.length / STRIPS;
        addRoots(rows, strip);
        addRoots(columns, strip);
    }

    private void edges() {
        var lengths = new double[CLASSES];
        var directions = new double[CLASSES];
        double total = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int i = y * width + x;
                double dx = luminance[i + 1] - luminance[i - 1];
                double dy = luminance[i + width] - luminance[i - width];
                double length = Math.sqrt(dx * dx + dy * dy);
                lengths[sizeClass(length)]++;
                double turn = (Math.atan2(dy, dx) / Math.PI + 1) / 2;
                directions[(int) (turn * CLASSES) % CLASSES] += length;
                total += length;
            }
        }
        addRoots(lengths, (width - 2.0) * (height - 2.0));
        addRoots(directions, Math.max(total, 1));
    }

    private void flatness() {
        var ranges = new double[CLASSES];
        int counted = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                if (covered(y * width + x)) {
                    ranges[sizeClass(range(y * width + x))]++;
                    counted++;
                }
            }
        }
        addRoots(ranges, Math.max(counted, 1));
    }

    private double range(int centre) {
        float least = Float.MAX_VALUE;
        float most = 0;
        for (int row = centre - width; row <= centre + width; row += width) {
            for (int i = row - 1; i <= row + 1; i++) {
                least = Math.min(least, luminance[i]);
                most = Math.max(most, luminance[i]);
            }
        }
        return most - least;
    }

    /** 0 below 2, 1 below 4, … 6 below 128, 7 above. */
    private static int sizeClass(double size) {
        return size < 2 ? 0 : Math.min(CLASSES - 1, Math.getExponent(size));
    }

    private void addRoots(double[] amounts, double whole) {
        for (double amount : amounts) {
            features[used++] = (float) Math.sqrt(amount / whole);
        }
    }
}
