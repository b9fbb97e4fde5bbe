package dev.nextstep.workflow.quality;

import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong in pictures of this kind of model (paper §7: local noise, grey patches, a grid pattern, noise all over), as
 * four numbers from the pixels. Each is 0 where nothing of the kind is seen and grows without a bound; {@link #worst} is what a
 * gate looks at. How well each tells damaged from sound pictures stands in {@code docs/workflows.md}.
 *
 * @param noise noise all over: the usual level of fine noise in tokens that are not plain, in grey levels / 10
 * @param localNoise noise in some tokens: how far the noisiest token is above the usual level, in grey levels / 25
 * @param greyPatches share of the picture that is plain grey though what is round it is not, · 10
 * @param grid steps at the borders of tokens beyond those within them, in grey levels / 8
 * @param rows what has a place (local noise, grey patches) by row of tokens, from the top: the larger of the two
 */
public record ArtifactScore(double noise, double localNoise, double greyPatches, double grid, List<Double> rows) {
    /** Immerkær's estimate: mean |mask · picture| · √(π/2) / 6 is the deviation of white noise. */
    private static final double NOISE_FACTOR = Math.sqrt(Math.PI / 2) / 6;

    private static final double PLAIN = 6;
    private static final double GREY_CHROMA = 14;
    private static final double GREY_FROM = 70;
    private static final double GREY_TO = 205;

    /** Copies the list. */
    public ArtifactScore {
        rows = List.copyOf(rows);
    }

    /**
     * Looks at a picture.
     *
     * @param pixelsPerToken side of a token in pixels, 16 in the official models; at least 4
     * @throws IllegalArgumentException if the picture is smaller than a token
     */
    public static ArtifactScore of(Pixels picture, int pixelsPerToken) {
        if (pixelsPerToken < 4 || picture.width() < pixelsPerToken || picture.height() < pixelsPerToken) {
            throw new IllegalArgumentException("a picture of %d x %d pixels has no token of %d pixels (at least 4)"
                    .formatted(picture.width(), picture.height(), pixelsPerToken));
        }
        return new Measuring(picture, pixelsPerToken).score();
    }

    /** The largest of the four. */
    public double worst() {
        return Math.max(Math.max(noise, localNoise), Math.max(greyPatches, grid));
    }

    /** A quality from 0 (bad) to 1 (nothing seen): 1 / (1 + worst²), so that 0.5 is where a measure reaches 1. */
    public double quality() {
        return new Damage(this, Optional.empty()).quality();
    }

    private static final class Measuring {
        private final int width;
        private final int height;
        private final int side;
        private final int columns;
        private final int rows;
        private final double[] luma;
        private final double[] chroma;

        Measuring(Pixels picture, int side) {
            this.width = picture.width();
            this.height = picture.height();
            this.side = side;
            this.columns = width / side;
            this.rows = height / side;
            this.luma = new double[width * height];
            this.chroma = new double[width * height];
            var rgb = picture.toBytes();
            for (int i = 0; i < luma.length; i++) {
                int r = rgb[3 * i] & 255;
                int g = rgb[3 * i + 1] & 255;
                int b = rgb[3 * i + 2] & 255;
                luma[i] = 0.299 * r + 0.587 * g + 0.114 * b;
                chroma[i] = Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
            }
        }

        ArtifactScore score() {
            var levels = new double[columns * rows];
            for (int t = 0; t < levels.length; t++) {
                levels[t] = noiseOf(t % columns * side, t / columns * side);
            }
            var sorted = levels.clone();
            Arrays.sort(sorted);
            double usual = sorted[sorted.length / 2];
            double noisiest = sorted[sorted.length - 1];
            var grey = greyByRow();
            var byRow = new ArrayList<Double>();
            for (int row = 0; row < rows; row++) {
                double most = Arrays.stream(levels, row * columns, (row + 1) * columns)
                        .max()
                        .orElse(0);
                byRow.add(Math.max(localNoise(most, usual), grey[row]));
            }
            return new ArtifactScore(
                    usual / 10, localNoise(noisiest, usual), Arrays.stream(grey).sum(), Math.max(0, grid()) / 8, byRow);
        }

        private static double localNoise(double level, double usual) {
            return Math.max(0, level - usual - 4) / 25;
        }

        /** Fine noise of a token: of its quarters the second quietest, so that one sharp edge through it does not count. */
        private double noiseOf(int left, int top) {
            int half = side / 2;
            var quarters = new double[4];
            for (int q = 0; q < 4; q++) {
                quarters[q] = noiseOf(left + q % 2 * half, top + q / 2 * half, half);
            }
            Arrays.sort(quarters);
            return quarters[1];
        }

        private double noiseOf(int left, int top, int size) {
            double sum = 0;
            int n = 0;
            for (int y = Math.max(1, top); y < Math.min(height - 1, top + size); y++) {
                for (int x = Math.max(1, left); x < Math.min(width - 1, left + size); x++) {
                    int i = y * width + x;
                    sum += Math.abs(4 * luma[i]
                            - 2 * (luma[i - 1] + luma[i + 1] + luma[i - width] + luma[i + width])
                            + luma[i - width - 1]
                            + luma[i - width + 1]
                            + luma[i + width - 1]
                            + luma[i + width + 1]);
                    n++;
                }
            }
            return n == 0 ? 0 : NOISE_FACTOR * sum / n;
        }

        /** Tokens that are plain and grey, while at least one beside them has colour or shape; share of all · 10, by row. */
        private double[] greyByRow() {
            var grey = new boolean[columns * rows];
            for (int t = 0; t < grey.length; t++) {
                grey[t] = isGrey(t % columns * side, t / columns * side);
            }
            var shares = new double[rows];
            for (int t = 0; t < grey.length; t++) {
                if (grey[t] && touchesSomething(grey, t)) {
                    shares[t / columns] += 10.0 / grey.length;
                }
            }
            return shares;
        }

        private boolean touchesSomething(boolean[] grey, int token) {
            int column = token % columns;
            int row = token / columns;
            return (column > 0 && !grey[token - 1])
                    || (column + 1 < columns && !grey[token + 1])
                    || (row > 0 && !grey[token - columns])
                    || (row + 1 < rows && !grey[token + columns]);
        }

        private boolean isGrey(int left, int top) {
            double sum = 0;
            double squares = 0;
            double colour = 0;
            for (int y = top; y < top + side; y++) {
                for (int x = left; x < left + side; x++) {
                    double value = luma[y * width + x];
                    sum += value;
                    squares += value * value;
                    colour += chroma[y * width + x];
                }
            }
            double n = (double) side * side;
            double mean = sum / n;
            double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
            return deviation < PLAIN && colour / n < GREY_CHROMA && mean > GREY_FROM && mean < GREY_TO;
        }

        /** Mean step across borders of tokens less the mean step one pixel beside them, both ways. */
        private double grid() {
            double at = 0;
            double beside = 0;
            int n = 0;
            for (int y = 0; y < rows * side; y++) {
                for (int x = side; x + 2 < columns * side; x += side) {
                    int i = y * width + x;
                    at += Math.abs(luma[i] - luma[i - 1]);
                    beside += (Math.abs(luma[i + 1] - luma[i]) + Math.abs(luma[i - 1] - luma[i - 2])) / 2;
                    n++;
                }
            }
            for (int y = side; y + 2 < rows * side; y += side) {
                for (int x = 0; x < columns * side; x++) {
                    int i = y * width + x;
                    at += Math.abs(luma[i] - luma[i - width]);
                    beside +=
                            (Math.abs(luma[i + width] - luma[i]) + Math.abs(luma[i - width] - luma[i - 2 * width])) / 2;
                    n++;
                }
            }
            return n == 0 ? 0 : (at - beside) / n;
        }
    }
}
