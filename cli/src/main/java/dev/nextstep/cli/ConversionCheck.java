package dev.nextstep.cli;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;

/** Compares what was written with what it was written from: names, shapes, and values all over each tensor. */
final class ConversionCheck {
    /** Values of each tensor that are compared, evenly spread, if its type changed; all of its bytes otherwise. */
    private static final int VALUES = 4096;

    /** Half a unit in the last place of bf16, which has the fewest digits. */
    private static final float RELATIVE = 0x1p-8f;

    /** What fp16 cannot tell from 0. */
    private static final float ABSOLUTE = 0x1p-24f;

    private final Cancellation cancellation;
    private int tensors;
    private long bytes;

    ConversionCheck(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    int tensors() {
        return tensors;
    }

    /** Bytes of data that were written. */
    long bytes() {
        return bytes;
    }

    /**
     * Compares two sources.
     *
     * @throws CheckpointException at the first difference that the type does not explain
     * @throws java.util.concurrent.CancellationException if cancelled, within one tensor
     */
    void compare(TensorSource from, TensorSource to, WeightType type) {
        if (!from.names().equals(to.names())) {
            throw new CheckpointException(to.origin() + ": holds other tensors than " + from.origin());
        }
        for (var name : from.names()) {
            cancellation.check();
            var a = from.find(name).orElseThrow();
            var b = to.find(name).orElseThrow();
            if (!a.shape().equals(b.shape())) {
                throw new CheckpointException("%s: %s should have shape %s".formatted(to.origin(), b, a.shape()));
            }
            if (a.type() == b.type()) {
                if (a.data().mismatch(b.data()) >= 0) {
                    throw new CheckpointException("%s: %s differs from the source".formatted(to.origin(), b));
                }
            } else {
                values(a, b, to.origin(), type);
            }
            tensors++;
            bytes += b.data().byteSize();
        }
    }

    private static void values(Tensor a, Tensor b, String origin, WeightType type) {
        long n = a.elements();
        long step = Math.max(1, n / VALUES);
        for (long i = 0; i < n; i += step) {
            float x = a.get(i);
            float y = b.get(i);
            boolean equal =
                    Float.isNaN(x) ? Float.isNaN(y) : x == y || Math.abs(x - y) <= Math.abs(x) * RELATIVE + ABSOLUTE;
            if (!equal) {
                String why = b.type() == DataType.F16 && Float.isInfinite(y)
                        ? "; fp16 ends at 65504, convert to bf16 or fp32"
                        : "";
                throw new CheckpointException("%s: value %d of %s is %s where the source has %s (%s)%s"
                        .formatted(origin, i, b, y, x, type, why));
            }
        }
    }
}
