package dev.nextstep.torch;

import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Where drawing computes: on the processor, or on a GPU if the native libraries that are here know one. */
enum Placement {
    CPU,
    CUDA,
    MPS;

    /** What is here, in this order: CUDA, MPS, processor. */
    static Placement best() {
        return torch.hasCUDA() ? CUDA : torch.hasMPS() ? MPS : CPU;
    }

    /** The tensor itself on the processor, a copy elsewhere; belongs to the scope of the caller. */
    Tensor of(Tensor tensor) {
        return this == CPU ? tensor : tensor.to(new Device(id()), tensor.scalar_type());
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
