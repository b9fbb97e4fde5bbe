package dev.nextstep.train.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Newton–Schulz iteration of {@link Muon}: X ← a X + (b A + c A²) X with A = X Xᵀ, from X scaled to norm 1. With
 * these coefficients the singular values do not tend to 1 but soon lie between about 0.7 and 1.2, which serves as well
 * and is fast.
 */
final class Orthogonalization {
    static final double A = 3.4445;
    static final double B = -4.7750;
    static final double C = 2.0315;
    /** What the norm is held above, so that a gradient of zero gives an update of zero. */
    static final double MIN_NORM = 1e-7;

    private Orthogonalization() {}

    /**
     * Nearly orthogonal matrices with the singular vectors of the given ones.
     *
     * @param matrices [count, rows, columns], fp32
     * @return the same shape, fp32
     */
    static Tensor of(Tensor matrices, int iterations, MatrixPrecision products) {
        boolean tall = matrices.size(1) > matrices.size(2);
        var x = products == MatrixPrecision.BF16 ? matrices.to(torch.ScalarType.BFloat16) : matrices;
        // The shorter side first: the Gram matrix is then the smaller one.
        x = tall ? x.transpose(1, 2) : x;
        var norm = x.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1, 2}, true);
        x = x.div(norm.clamp_min(new Scalar(MIN_NORM)));
        for (int i = 0; i < iterations; i++) {
            var gram = x.bmm(x.transpose(1, 2));
            var polynomial = gram.baddbmm(gram, gram, new Scalar(B), new Scalar(C));
            x = x.baddbmm(polynomial, x, new Scalar(A), new Scalar(1.0));
        }
        x = tall ? x.transpose(1, 2) : x;
        return x.to(torch.ScalarType.Float);
    }
}
