package dev.nextstep.tensor;

/** A checkpoint does not hold what the model needs: a tensor is missing or misshapen. The message names it. */
public class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TensorException(String message) {
        super(message);
    }
}
