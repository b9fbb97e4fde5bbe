package dev.nextstep.train.plan;

import dev.nextstep.torch.Compute;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How fast this machine multiplies matrices. */
public final class MatrixRate {
    private static final int SIDE = 512;
    private static final int ROUNDS = 12;
    private static final double NANOS = 1e-9;

    private MatrixRate() {}

    /**
     * Measures, in less than a second on most machines: the fastest of several products of 512 × 512 matrices.
     *
     * @param threads that compute
     * @return operations a second
     */
    public static double measure(Compute compute, int threads) {
        int before = torch.get_num_threads();
        torch.set_num_threads(threads);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var type = compute == Compute.FP32 ? ScalarType.Float : ScalarType.BFloat16;
            Tensor a = torch.ones(SIDE, SIDE).to(type);
            Tensor b = torch.ones(SIDE, SIDE).to(type);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                a.mm(b);
                best = Math.min(best, System.nanoTime() - start);
            }
            return 2.0 * SIDE * SIDE * SIDE / ((double) best * NANOS);
        } finally {
            torch.set_num_threads(before);
        }
    }
}
