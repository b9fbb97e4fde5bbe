package dev.nextstep.train.recipe;

import dev.nextstep.torch.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Which numbers this machine is fast at. */
final class Processor {
    private static final Path FLAGS = Path.of("/proc/cpuinfo");
    private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16");
    /** Rows, inner and outer width of the product that is timed: a block's MLP in a small model. */
    private static final long[] SHAPE = {1024, 384, 1024};

    private static final int ROUNDS = 7;
    /** How much faster bf16 has to be: rounding weights and activations takes time of its own. */
    private static final double WORTH = 1.15;

    private Processor() {}

    private static final class Measured {
        static final Compute FASTER = faster();
    }

    /**
     * bf16 where products of it are faster than those of fp32, fp32 elsewhere. A processor that has the instructions need not be
     * fast at them: one with AVX-512 BF16 was four times as fast as in fp32, another one with it, but without AMX, half as fast.
     * So both are timed, once in a process, where the instructions are there at all.
     */
    static Compute suited() {
        try {
            String flags = Files.isReadable(FLAGS) ? Files.readString(FLAGS) : "";
            return BF16.stream().anyMatch(flags::contains) ? Measured.FASTER : Compute.FP32;
        } catch (IOException e) {
            return Compute.FP32;
        }
    }

    private static Compute faster() {
        try (var _ = new PointerScope()) {
            long single = nanoseconds(ScalarType.Float);
            long half = nanoseconds(ScalarType.BFloat16);
            return single > WORTH * half ? Compute.BF16_MIXED : Compute.FP32;
        }
    }

    private static long nanoseconds(ScalarType type) {
        Tensor x = torch.ones(SHAPE[0], SHAPE[1]).to(type);
        Tensor weight = torch.ones(SHAPE[2], SHAPE[1]).to(type);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            torch.linear(x, weight).close();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }
}
