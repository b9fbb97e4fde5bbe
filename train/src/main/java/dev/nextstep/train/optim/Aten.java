package dev.nextstep.train.optim;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRef;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;

/**
 * Operators of libtorch over whole lists of tensors, which have no Java method: one call instead of one for each
 * parameter, and each call through JNI costs as much as the arithmetic of a small vector.
 */
final class Aten {

    /** An operator of the dispatcher; kept for the life of the program. */
    static final class Operator {
        private final OperatorHandle handle;

        private Operator(String name, String overload) {
            try (var _ = new PointerScope()) {
                handle = keep(Dispatcher.singleton().findSchemaOrThrow("aten::" + name, overload));
            }
        }

        /** Calls it for its effect. */
        void run(IValue... arguments) {
            call(arguments);
        }

        /** Calls it for the list of tensors that it returns. */
        Tensor[] tensors(IValue... arguments) {
            return call(arguments).get(0).toTensorVector().get();
        }

        private IValueVector call(IValue... arguments) {
            var stack = new IValueVector(arguments);
            handle.callBoxed(stack);
            return stack;
        }
    }

    static final Operator FOREACH_MUL = new Operator("_foreach_mul_", "Scalar");
    static final Operator FOREACH_ADD = new Operator("_foreach_add_", "List");
    static final Operator FOREACH_COPY = new Operator("_foreach_copy_", "");
    static final Operator FOREACH_LERP_IN_PLACE = new Operator("_foreach_lerp_", "Scalar");
    static final Operator FOREACH_LERP = new Operator("_foreach_lerp", "Scalar");
    static final Operator FUSED_ADAMW = new Operator("_fused_adamw_", "");

    private Aten() {}

    /** Tensors as one argument. */
    static IValue list(Collection<Tensor> tensors) {
        var list = new TensorList(new TensorArrayRef(new TensorVector(tensors.toArray(Tensor[]::new))));
        // A list of tensors is the same object as a list of anything whose element type is tensor.
        return new IValue(new GenericList((Pointer) list));
    }

    static IValue list(Tensor... tensors) {
        return list(List.of(tensors));
    }

    static IValue scalar(double value) {
        return new IValue(new Scalar(value));
    }

    /** Lets a native object outlive the scope in which it was made; {@link Pointer#releaseReference} frees it. */
    static <P extends Pointer> P keep(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /** Runs without recording gradients and frees every native object that was made meanwhile and not kept. */
    static <T> T withoutGradients(Supplier<T> work) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            return work.get();
        }
    }

    /** The same for work without a result. */
    static void withoutGradients(Runnable work) {
        withoutGradients(() -> {
            work.run();
            return true;
        });
    }
}
