package dev.nextstep.fuzz;

import dev.nextstep.tensor.TensorSource;

/** What every reader of tensors promises about those that it lists. */
final class TensorFiles {
    private TensorFiles() {}

    /** Touches each tensor's first and last byte, and widens elements at both ends of weights. */
    static void touch(TensorSource source) {
        for (String name : source.names()) {
            var tensor = source.find(name).orElseThrow(() -> new AssertionError("listed but not found: " + name));
            var data = tensor.data();
            if (data.byteSize() != tensor.type().bytes(tensor.elements())) {
                throw new AssertionError(name + " has " + data.byteSize() + " bytes, its shape says otherwise");
            }
            if (data.byteSize() > 0) {
                data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0);
                data.get(java.lang.foreign.ValueLayout.JAVA_BYTE, data.byteSize() - 1);
                if (tensor.type().isWeight()) {
                    tensor.get(0);
                    tensor.get(tensor.elements() - 1);
                }
            }
        }
    }
}
