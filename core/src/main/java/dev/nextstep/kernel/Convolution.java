package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution as an implicit matrix product: each piece of work copies one tile of the input with its border (norm
 * and activation, zero padding and nearest doubling happen in this copy) and multiplies it by the packed kernels. With
 * channels innermost, the three taps of a kernel row lie side by side in the tile, so a 3×3 convolution is three
 * products of depth 3 · inputs that begin at different places; nothing else is ever rearranged.
 *
 * <p>Every output value is bias + Σ over (kernel row, kernel column, input channel) in that order in fp32, whatever the
 * tile, the strip, the number of threads and the vector width are.
 */
public final class Convolution {

    /** Geometry: the relation of input and output positions. */
    public enum Geometry {
        /** 1×1. */
        POINTWISE(1),
        /** 3×3, one row and column of zeros on every side. */
        SAME(3),
        /** 3×3, stride 2, one row and column of zeros at the bottom and on the right only. */
        HALVING(3),
        /** Nearest doubling of the input, then {@link #SAME}. */
        DOUBLING(3);

        private final int side;

        Geometry(int side) {
            this.side = side;
        }

        /** Height or width of the output for that of the input. */
        public int outputSize(int inputSize) {
            return switch (this) {
                case POINTWISE, SAME -> inputSize;
                case HALVING -> (inputSize - 2) / 2 + 1;
                case DOUBLING -> inputSize * 2;
            };
        }

        /** First input row (not below 0) that output rows from {@code row} on need. */
        public int firstInputRow(int row) {
            return switch (this) {
                case POINTWISE -> row;
                case SAME -> Math.max(0, row - 1);
                case HALVING -> 2 * row;
                case DOUBLING -> Math.max(0, row - 1) / 2;
            };
        }

        /** First input row (not above {@code inputHeight}) that output rows before {@code endRow} do not need. */
        public int endInputRow(int endRow, int inputHeight) {
            return Math.min(
                    inputHeight,
                    switch (this) {
                        case POINTWISE -> endRow;
                        case SAME -> endRow + 1;
                        case HALVING -> 2 * endRow + 1;
                        case DOUBLING -> endRow / 2 + 1;
                    });
        }

        private int stride() {
            return this == HALVING ? 2 : 1;
        }

        private int before() {
            return this == SAME || this == DOUBLING ? 1 : 0;
        }
    }

    /** What happens to the values that the output holds already. */
    public enum Output {
        /** They are replaced. */
        REPLACE,
        /** The result is added to them: the residual connection. */
        ADD
    }

    // Floats of an input tile: half a megabyte, to stay in the second-level cache beside the kernels in use.
    private static final int TILE_BUDGET = 128 * 1024;
    private static final int TILE_HEIGHT = 16;
    private static final int TILE_WIDTH = 24;
    // Depth of one product: with 64 columns, 32 KiB of a panel stay in the first-level cache while all rows use them.
    private static final int DEPTH = 128;

    private final String name;
    private final Geometry geometry;
    private final int inputs;
    private final int outputs;
    private final GemmPanels kernels;
    private final float[] bias;
    private final Precision precision;

    /**
     * @param weight [outputs, inputs, 3, 3], or [outputs, inputs, 1, 1] for POINTWISE
     * @param bias [outputs]
     */
    public Convolution(Tensor weight, Tensor bias, Geometry geometry, Precision precision) {
        if (weight.rank() != 4
                || weight.dimension(2) != geometry.side
                || weight.dimension(3) != geometry.side
                || bias.elements() != weight.dimension(0)) {
            throw new IllegalArgumentException("%s %s with bias %s does not fit a convolution of side %d"
                    .formatted(weight.name(), weight.shape(), bias.shape(), geometry.side));
        }
        this.name = weight.name();
        this.geometry = geometry;
        this.outputs = weight.dimension(0);
        this.inputs = weight.dimension(1);
        this.kernels = GemmPanels.ofKernels(weight, precision);
        this.precision = precision;
        this.bias = Arrays.copyOf(bias.toFloats(), kernels.count() * kernels.width());
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(this.bias, 0, outputs);
        }
    }

    /** Relation of input and output positions. */
    public Geometry geometry() {
        return geometry;
    }

    /** Output channels. */
    public int outputs() {
        return outputs;
    }

    /** A whole output picture for a whole input picture. */
    public FeatureMap apply(FeatureMap input, GroupNorm.@Nullable Applied norm, GemmWorkspace workspace) {
        var output = FeatureMap.zeros(geometry.outputSize(input.height()), geometry.outputSize(input.width()), outputs);
        apply(input, norm, output, 0, output.height(), Output.REPLACE, workspace);
        return output;
    }

    /**
     * Computes rows {@code from} to {@code to} (exclusive), which {@code output} must hold.
     *
     * @param input holds at least the rows that these need
     * @param norm applied to the input first, if any
     * @throws IllegalArgumentException if sizes do not fit
     */
    public void apply(
            FeatureMap input,
            GroupNorm.@Nullable Applied norm,
            FeatureMap output,
            int from,
            int to,
            Output mode,
            GemmWorkspace workspace) {
        check(input, output, from, to);
        if (from == to) {
            return;
        }
        var tiling = tiling(to - from, output.width(), workspace.team().size());
        workspace.run(tiling.pieces(), (scratch, piece) -> {
            int group = piece % tiling.panelGroups;
            int index = piece / tiling.panelGroups;
            int y = from + index / tiling.across * tiling.height;
            int x = index % tiling.across * tiling.width;
            int h = Math.min(tiling.height, to - y);
            int w = Math.min(tiling.width, output.width() - x);
            int panels = kernels.count();
            var tile = new Tile(y, x, h, w);
            int fromPanel = panels * group / tiling.panelGroups;
            int toPanel = panels * (group + 1) / tiling.panelGroups;
            if (h > 0 && w > 0) {
                tile(input, norm, output, mode, tile, fromPanel, toPanel, scratch);
            }
        });
    }

    private void check(FeatureMap input, FeatureMap output, int from, int to) {
        boolean fits = input.channels() == inputs
                && output.channels() == outputs
                && output.height() == geometry.outputSize(input.height())
                && output.width() == geometry.outputSize(input.width())
                && output.firstRow() <= from
                && from <= to
                && to <= output.endRow()
                && (from == to
                        || (input.firstRow() <= geometry.firstInputRow(from)
                                && input.endRow() >= geometry.endInputRow(to, input.height())));
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: rows %d to %d of %s cannot be computed from %s".formatted(name, from, to, output, input));
        }
    }

    /** Rows and columns of output positions that one piece computes; panelGroups pieces share the columns of B. */
    private record Tiling(int height, int width, int down, int across, int panelGroups) {
        int pieces() {
            return down * across * panelGroups;
        }
    }

    private record Tile(int y, int x, int height, int width) {}

    private Tiling tiling(int outputRows, int outputWidth, int threads) {
        int height = Math.min(TILE_HEIGHT, outputRows);
        int width = Math.min(TILE_WIDTH, outputWidth);
        while (inputRows(height) * (long) inputRows(width) * inputs > TILE_BUDGET && height * width > 1) {
            if (width > height) {
                width = (width + 1) / 2;
            } else {
                height = (height + 1) / 2;
            }
        }
        int panels = kernels.count();
        int wanted = threads == 1 ? 1 : 2 * threads;
        int across = Math.ceilDiv(outputWidth, width);
        while (Math.ceilDiv(outputRows, height) * across * panels < wanted && height > 2) {
            height = (height + 1) / 2;
        }
        int down = Math.ceilDiv(outputRows, height);
        int groups = Math.clamp(Math.ceilDiv(wanted, down * across), 1, panels);
        // Equal tiles rather than a narrow rest.
        return new Tiling(Math.ceilDiv(outputRows, down), Math.ceilDiv(outputWidth, across), down, across, groups);
    }

    private int inputRows(int outputRows) {
        return (outputRows - 1) * geometry.stride() + geometry.side;
    }

    private void tile(
            FeatureMap input,
            GroupNorm.@Nullable Applied norm,
            FeatureMap output,
            Output mode,
            Tile tile,
            int fromPanel,
            int toPanel,
            GemmWorkspace.Scratch scratch) {
        int rowsIn = inputRows(tile.height);
        int columnsIn = inputRows(tile.width);
        float[] a = scratch.input(rowsIn * columnsIn * inputs);
        read(input, norm, tile, a, rowsIn, columnsIn);

        int positions = tile.height * tile.width;
        int[] rows = scratch.rows(positions);
        for (int i = 0; i < positions; i++) {
            int y = i / tile.width * geometry.stride();
            int x = i % tile.width * geometry.stride();
            rows[i] = (y * columnsIn + x) * inputs;
        }

        int width = kernels.width();
        float[] sums = scratch.sums(positions * width);
        int run = geometry.side * inputs;
        int depth = Math.ceilDiv(run, Math.ceilDiv(run, DEPTH));
        for (int panel = fromPanel; panel < toPanel; panel++) {
            for (int i = 0; i < positions; i++) {
                System.arraycopy(bias, panel * width, sums, i * width, width);
            }
            for (int kernelRow = 0; kernelRow < geometry.side; kernelRow++) {
                for (int k = 0; k < run; k += depth) {
                    GemmKernels.multiply(
                            a,
                            kernelRow * columnsIn * inputs + k,
                            rows,
                            positions,
                            kernels.data(),
                            kernels.offset(panel, kernelRow * run + k),
                            Math.min(depth, run - k),
                            width,
                            sums,
                            0,
                            width);
                }
            }
            write(sums, width, panel * width, output, mode, tile);
        }
    }

    /** Copies the tile's input with its border. */
    private void read(
            FeatureMap input, GroupNorm.@Nullable Applied norm, Tile tile, float[] a, int rowsIn, int columnsIn) {
        int top = tile.y * geometry.stride() - geometry.before();
        int left = tile.x * geometry.stride() - geometry.before();
        int zoom = geometry == Geometry.DOUBLING ? 2 : 1;
        int firstColumn = Math.max(0, -left);
        int endColumn = Math.clamp(input.width() * zoom - left, 0, columnsIn);
        for (int i = 0; i < rowsIn; i++) {
            int to = i * columnsIn * inputs;
            int y = top + i;
            if (y < 0 || y >= input.height() * zoom) {
                Arrays.fill(a, to, to + columnsIn * inputs, 0);
                continue;
            }
            Arrays.fill(a, to, to + firstColumn * inputs, 0);
            Arrays.fill(a, to + endColumn * inputs, to + columnsIn * inputs, 0);
            int from = input.row(y / zoom);
            if (zoom == 1) {
                int source = from + (left + firstColumn) * inputs;
                int target = to + firstColumn * inputs;
                if (norm == null) {
                    System.arraycopy(input.data(), source, a, target, (endColumn - firstColumn) * inputs);
                } else {
                    norm.apply(input.data(), source, a, target, endColumn - firstColumn);
                }
                continue;
            }
            for (int x = firstColumn; x < endColumn; x++) {
                int source = from + (left + x) / zoom * inputs;
                if (norm == null) {
                    System.arraycopy(input.data(), source, a, to + x * inputs, inputs);
                } else {
                    norm.apply(input.data(), source, a, to + x * inputs, 1);
                }
            }
        }
    }

    private void write(float[] sums, int width, int firstOutput, FeatureMap output, Output mode, Tile tile) {
        int n = Math.min(width, outputs - firstOutput);
        float[] data = output.data();
        for (int i = 0; i < tile.height * tile.width; i++) {
            int from = i * width;
            int to = output.row(tile.y + i / tile.width) + (tile.x + i % tile.width) * outputs + firstOutput;
            if (precision == Precision.REFERENCE_BF16) {
                Bf16.round(sums, from, n);
            }
            if (mode == Output.ADD) {
                for (int c = 0; c < n; c++) {
                    data[to + c] += sums[from + c];
                }
                if (precision == Precision.REFERENCE_BF16) {
                    Bf16.round(data, to, n);
                }
            } else {
                System.arraycopy(sums, from, data, to, n);
            }
        }
    }
}
