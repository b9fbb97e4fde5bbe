package dev.nextstep.tensor;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A set of named tensors, such as one checkpoint: the only thing that the model rooms know of files. */
public interface TensorSource {

    /** Where the tensors come from, for messages: usually a path. */
    String origin();

    /** All names, in file order. */
    Set<String> names();

    /** The tensor of that name, if it is there. Opening a tensor reads nothing; touching its data does. */
    Optional<Tensor> find(String name);

    /**
     * The tensor of that name with exactly that shape and a weight type ({@link DataType#isWeight}).
     *
     * @throws TensorException naming the tensor, what was expected and what was found
     */
    default Tensor require(String name, long... shape) {
        var tensor = find(name)
                .orElseThrow(() -> new TensorException(
                        "%s: tensor %s%s is missing".formatted(origin(), name, Arrays.toString(shape))));
        check(tensor, shape);
        return tensor;
    }

    /** Like {@link #require} for a tensor that may be absent; a present one must have the shape. */
    default Optional<Tensor> optional(String name, long... shape) {
        var tensor = find(name);
        tensor.ifPresent(t -> check(t, shape));
        return tensor;
    }

    private void check(Tensor tensor, long... shape) {
        var expected = Arrays.stream(shape).boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw new TensorException("%s: tensor %s has shape %s, expected %s"
                    .formatted(origin(), tensor.name(), tensor.shape(), expected));
        }
        if (!tensor.type().isWeight()) {
            throw new TensorException("%s: tensor %s has type %s, expected F32, F16, BF16, Q8_0, Q4_0 or Q4_K"
                    .formatted(origin(), tensor.name(), tensor.type()));
        }
    }
}
