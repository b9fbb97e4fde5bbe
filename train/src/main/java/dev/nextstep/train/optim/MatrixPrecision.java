package dev.nextstep.train.optim;

/** Type of the numbers that a matrix product multiplies. */
public enum MatrixPrecision {
    /** Single precision. */
    FP32,
    /** Brain float; faster where the processor or GPU has it. Enough for the Newton–Schulz iteration. */
    BF16
}
