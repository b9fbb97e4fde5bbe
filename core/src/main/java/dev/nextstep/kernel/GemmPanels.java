package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;

/**
 * A matrix B [depth, columns] in the order in which the matrix product reads it: panels of a few vectors of columns,
 * each with all rows of B one after another; the last panel is filled up with zeros.
 *
 * @param data panels × depth × width
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier: nobody compares two of them
record GemmPanels(int depth, int columns, int width, float[] data) {

    int count() {
        return Math.ceilDiv(columns, width);
    }

    /** Begin of a panel from its row {@code depthOffset} on. */
    int offset(int panel, int depthOffset) {
        return (panel * depth + depthOffset) * width;
    }

    static GemmPanels empty(int depth, int columns) {
        int width = GemmKernels.panelWidth(columns);
        long size = (long) Math.ceilDiv(columns, width) * width * depth;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a matrix of %d x %d is too large for one array".formatted(depth, columns));
        }
        return new GemmPanels(depth, columns, width, new float[(int) size]);
    }

    /**
     * Kernels of a convolution: B[(row, column, input channel)][output channel].
     *
     * @param weight [outputs, inputs, side, side]
     */
    static GemmPanels ofKernels(Tensor weight, Precision precision) {
        int outputs = weight.dimension(0);
        int inputs = weight.dimension(1);
        int taps = weight.dimension(2) * weight.dimension(3);
        var panels = empty(taps * inputs, outputs);
        float[] values = weight.toFloats();
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values, 0, values.length);
        }
        for (int out = 0; out < outputs; out++) {
            int column = panels.offset(out / panels.width, 0) + out % panels.width;
            for (int in = 0; in < inputs; in++) {
                int source = (out * inputs + in) * taps;
                for (int tap = 0; tap < taps; tap++) {
                    panels.data[column + (tap * inputs + in) * panels.width] = values[source + tap];
                }
            }
        }
        return panels;
    }

    /** B itself is row-major in {@code values}: [depth, columns]. Packs panel {@code panel}. */
    void packRows(float[] values, int panel) {
        int from = panel * width;
        int n = Math.min(width, columns - from);
        for (int k = 0; k < depth; k++) {
            System.arraycopy(values, k * columns + from, data, offset(panel, k), n);
        }
    }

    /** The transpose of B is row-major in {@code values}: [columns, depth]. Packs panel {@code panel}. */
    void packTransposed(float[] values, int panel) {
        int from = panel * width;
        int n = Math.min(width, columns - from);
        for (int column = 0; column < n; column++) {
            int target = offset(panel, 0) + column;
            int source = (from + column) * depth;
            for (int k = 0; k < depth; k++) {
                data[target + k * width] = values[source + k];
            }
        }
    }
}
