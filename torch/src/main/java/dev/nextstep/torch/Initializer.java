package dev.nextstep.torch;

/** Gives fresh weights their first values. */
@FunctionalInterface
public interface Initializer {
    /**
     * The values of one weight.
     *
     * @param name its name on disk
     * @param shape its shape
     * @return as many values as the shape has elements
     */
    float[] values(String name, long[] shape);
}
