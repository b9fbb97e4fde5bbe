package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** PSNR and SSIM against their definitions, written down a second time without any shortcut. */
class PictureDifferenceTest {

    private static Pixels random(int width, int height, Random random) {
        var rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return Pixels.of(width, height, rgb);
    }

    private static Pixels noisy(Pixels picture, int amount, Random random) {
        byte[] rgb = picture.toBytes();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.clamp((rgb[i] & 255) + random.nextInt(2 * amount + 1) - amount, 0, 255);
        }
        return Pixels.of(picture.width(), picture.height(), rgb);
    }

    private static Pixels plain(int width, int height, int gray) {
        var rgb = new byte[3 * width * height];
        java.util.Arrays.fill(rgb, (byte) gray);
        return Pixels.of(width, height, rgb);
    }

    @Test
    void equalPicturesAreEqual() {
        var picture = random(24, 17, new Random(1));
        var difference = PictureDifference.of(picture, picture);
        assertThat(difference.psnr()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(difference.ssim()).isEqualTo(1.0, within(1e-12));
        assertThat(difference.largest()).isZero();
    }

    @Test
    void plainPicturesFollowTheFormulas() {
        // Without structure only the luminance term is left: (2ab + C1) / (a² + b² + C1).
        var difference = PictureDifference.of(plain(32, 32, 100), plain(32, 32, 120));
        assertThat(difference.meanSquaredError()).isEqualTo(400.0);
        assertThat(difference.psnr()).isEqualTo(20 * Math.log10(255.0 / 20), within(1e-9));
        double c1 = 2.55 * 2.55;
        assertThat(difference.ssim())
                .isEqualTo((2 * 100.0 * 120 + c1) / (100.0 * 100 + 120.0 * 120 + c1), within(1e-9));
        assertThat(difference.largest()).isEqualTo(20);
    }

    @Test
    void ssimIsTheDefinitionWindowByWindow() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int width = 11 + random.nextInt(20);
        int height = 11 + random.nextInt(20);
        var a = random(width, height, random);
        var b = noisy(a, 1 + random.nextInt(100), random);
        assertThat(PictureDifference.of(a, b).ssim()).as("seed %d", seed).isEqualTo(naive(a, b), within(1e-9));
    }

    private static double naive(Pixels a, Pixels b) {
        var weights = new double[11][11];
        double sum = 0;
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 11; j++) {
                weights[i][j] = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / 4.5);
                sum += weights[i][j];
            }
        }
        double total = 0;
        int windows = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            for (int y = 0; y + 11 <= a.height(); y++) {
                for (int x = 0; x + 11 <= a.width(); x++) {
                    double meanA = 0;
                    double meanB = 0;
                    for (int i = 0; i < 11; i++) {
                        for (int j = 0; j < 11; j++) {
                            meanA += weights[i][j] / sum * (a.rgb(x + j, y + i) >> shift & 255);
                            meanB += weights[i][j] / sum * (b.rgb(x + j, y + i) >> shift & 255);
                        }
                    }
                    double varA = 0;
                    double varB = 0;
                    double cov = 0;
                    for (int i = 0; i < 11; i++) {
                        for (int j = 0; j < 11; j++) {
                            double da = (a.rgb(x + j, y + i) >> shift & 255) - meanA;
                            double db = (b.rgb(x + j, y + i) >> shift & 255) - meanB;
                            varA += weights[i][j] / sum * da * da;
                            varB += weights[i][j] / sum * db * db;
                            cov += weights[i][j] / sum * da * db;
                        }
                    }
                    double c1 = 6.5025;
                    double c2 = 58.5225;
                    total += (2 * meanA * meanB + c1)
                            * (2 * cov + c2)
                            / ((meanA * meanA + meanB * meanB + c1) * (varA + varB + c2));
                    windows++;
                }
            }
        }
        return total / windows;
    }

    @Test
    void moreNoiseIsFurtherAway() {
        var random = new Random(5);
        var picture = random(40, 40, random);
        var little = PictureDifference.of(picture, noisy(picture, 5, random));
        var much = PictureDifference.of(picture, noisy(picture, 60, random));
        assertThat(little.psnr()).isGreaterThan(much.psnr());
        assertThat(little.ssim()).isGreaterThan(much.ssim());
    }

    @Test
    void amplifiedDifferenceIsClamped() {
        var out = PictureDifference.amplified(plain(2, 2, 10), plain(2, 2, 13), 4);
        assertThat(out).isEqualTo(plain(2, 2, 12));
        assertThat(PictureDifference.amplified(plain(2, 2, 0), plain(2, 2, 200), 4))
                .isEqualTo(plain(2, 2, 255));
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDifference.of(plain(16, 16, 0), plain(16, 32, 0)))
                .withMessageContaining("16 x 32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PictureDifference.of(plain(10, 16, 0), plain(10, 16, 0)))
                .withMessageContaining("at least 11");
    }
}
