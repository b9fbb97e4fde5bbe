package dev.nextstep.torch;

import org.bytedeco.pytorch.Scalar;

/** Numbers as libtorch wants them. */
final class Scalars {
    private Scalars() {}

    static Scalar of(double value) {
        return new Scalar(value);
    }
}
