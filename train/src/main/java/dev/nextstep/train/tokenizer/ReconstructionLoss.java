package dev.nextstep.train.tokenizer;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How far a reconstruction is from its picture. The paper adds a perceptual loss to the reconstruction loss; networks for
 * that (VGG) are not freely to be had, so the perceptual part here is what the eye is known to look at: structure (1 −
 * SSIM, Wang et al. 2004), edges, and agreement at coarser scales.
 *
 * @param l1 weight of the mean absolute difference
 * @param mse weight of the mean square difference
 * @param edges weight of the mean absolute difference of horizontal and vertical differences
 * @param scales weight of the mean absolute difference at half and quarter size
 * @param structure weight of 1 − SSIM in windows of 7 × 7
 */
public record ReconstructionLoss(double l1, double mse, double edges, double scales, double structure) {
    private static final int WINDOW = 7;
    // (0.01 · range)² and (0.03 · range)² for a range of 2, as SSIM defines them.
    private static final double C1 = 4e-4;
    private static final double C2 = 3.6e-3;

    /** Checks that no weight is negative and not all are zero. */
    public ReconstructionLoss {
        double least = Math.min(Math.min(l1, mse), Math.min(edges, Math.min(scales, structure)));
        if (!(least >= 0) || l1 + mse == 0) {
            throw new IllegalArgumentException(
                    "weights of the reconstruction loss must not be negative, and l1 or mse must be more than 0");
        }
    }

    /**
     * The loss.
     *
     * @param decoded [n, 3, h, w], not clamped
     * @param pixels [n, 3, h, w] in −1..1; h and w multiples of 4, at least 8
     * @return one number
     */
    public Tensor of(Tensor decoded, Tensor pixels) {
        var difference = decoded.sub(pixels);
        var loss = difference.abs().mean().mul(scalar(l1));
        if (mse > 0) {
            loss = loss.add(difference.square().mean().mul(scalar(mse)));
        }
        if (edges > 0) {
            loss = loss.add(steps(difference, 2).add(steps(difference, 3)).mul(scalar(edges)));
        }
        if (scales > 0) {
            // Means are linear, so the difference of means is the mean of differences.
            var half = torch.avg_pool2d(difference, 2);
            var quarter = torch.avg_pool2d(half, 2);
            loss = loss.add(half.abs().mean().add(quarter.abs().mean()).mul(scalar(scales)));
        }
        if (structure > 0) {
            loss = loss.add(dissimilarity(decoded, pixels).mul(scalar(structure)));
        }
        return loss;
    }

    private static Tensor steps(Tensor difference, int axis) {
        long length = difference.size(axis);
        return difference
                .narrow(axis, 1, length - 1)
                .sub(difference.narrow(axis, 0, length - 1))
                .abs()
                .mean();
    }

    private static Tensor dissimilarity(Tensor x, Tensor y) {
        var meanX = window(x);
        var meanY = window(y);
        var xx = meanX.square();
        var yy = meanY.square();
        var xy = meanX.mul(meanY);
        var varianceX = window(x.square()).sub(xx);
        var varianceY = window(y.square()).sub(yy);
        var covariance = window(x.mul(y)).sub(xy);
        var top =
                xy.mul(scalar(2)).add(scalar(C1)).mul(covariance.mul(scalar(2)).add(scalar(C2)));
        var bottom = xx.add(yy).add(scalar(C1)).mul(varianceX.add(varianceY).add(scalar(C2)));
        return top.div(bottom).mean().neg().add(scalar(1));
    }

    private static Tensor window(Tensor x) {
        return torch.avg_pool2d(
                x, new long[] {WINDOW, WINDOW}, new long[] {1, 1}, new long[] {0, 0}, false, true, new LongOptional());
    }

    private static Scalar scalar(double value) {
        return new Scalar(value);
    }
}
