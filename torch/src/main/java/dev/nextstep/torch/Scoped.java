package dev.nextstep.torch;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Work in a pointer scope of its own. A scope holds every tensor that is made in it, so without inner ones all intermediate
 * results of a step would live as long as the step; with them only those live that gradients need.
 */
public final class Scoped {
    private Scoped() {}

    /** What the work returns, kept by the scope around this call; all else that it made is let go. */
    public static Tensor result(Supplier<Tensor> work) {
        var outer = PointerScope.getInnerScope();
        try (var _ = new PointerScope()) {
            var result = work.get();
            keep(outer, result);
            return result;
        }
    }

    /** Lets a scope, or nobody but the garbage collector if there is none, decide how long a tensor lives. */
    static void keep(@Nullable PointerScope scope, Tensor tensor) {
        if (scope == null) {
            tensor.retainReference();
        } else {
            scope.attach(tensor);
        }
    }
}
