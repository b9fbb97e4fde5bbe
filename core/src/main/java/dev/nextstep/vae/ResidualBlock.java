package dev.nextstep.vae;

import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.Convolution.Output;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GroupNorm;
import dev.nextstep.kernel.GroupNorm.Activation;
import org.jspecify.annotations.Nullable;

/**
 * x + conv(swish(norm(conv(swish(norm(x)))))), with a 1×1 convolution on the way of x where the number of channels
 * changes (spec §4.2).
 *
 * <p>Group norm needs sums over the whole picture, twice. With memory enough, the picture between the two convolutions
 * is stored. Otherwise the block runs strip by strip, three times: for the first sums, for the second sums (the first
 * convolution is computed and forgotten), and for the result (the first convolution is computed again). Values do not
 * depend on strips (see {@link Convolution}, {@link GroupNorm}), so both ways give the same bits.
 */
final class ResidualBlock {
    /** Values of a strip's widest activation at most: 16 MiB, large against the rows that neighbouring strips share. */
    private static final int STRIP_VALUES = 4 << 20;

    private static final int MIN_STRIP_ROWS = 8;

    private final int inputs;
    private final int outputs;
    private final Lazy<GroupNorm> norm1;
    private final Lazy<Convolution> conv1;
    private final Lazy<GroupNorm> norm2;
    private final Lazy<Convolution> conv2;
    private final @Nullable Lazy<Convolution> shortcut;

    ResidualBlock(Layers layers, String name, int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        norm1 = layers.norm(name + ".norm1", inputs, Activation.SWISH);
        conv1 = layers.convolution(name + ".conv1", inputs, outputs, Geometry.SAME);
        norm2 = layers.norm(name + ".norm2", outputs, Activation.SWISH);
        conv2 = layers.convolution(name + ".conv2", outputs, outputs, Geometry.SAME);
        shortcut = inputs == outputs
                ? null
                : layers.convolution(name + ".nin_shortcut", inputs, outputs, Geometry.POINTWISE);
    }

    static double work(int height, int width, int inputs, int outputs) {
        double kernels = 9.0 * outputs * (inputs + outputs) + (inputs == outputs ? 0 : (double) inputs * outputs);
        return kernels * height * width;
    }

    /** Bytes of activations that the block holds at once when it stores everything. */
    static long wholeBytes(int height, int width, int inputs, int outputs) {
        long perPosition = (long) inputs + outputs + (inputs == outputs ? 0 : outputs);
        return perPosition * height * width * Float.BYTES;
    }

    /** Bytes of activations that the block holds at once in strips, without its input. */
    static long stripBytes(int height, int width, int inputs, int outputs, boolean inPlace, long levelBytes) {
        long widest = Math.max(inputs, outputs);
        long rows = Math.min(height, stripRows(width, (int) widest, levelBytes) + 4L);
        long strips = 2 * rows * width * widest + 4L * width * inputs;
        return (strips + (inPlace ? 0 : (long) outputs * height * width)) * Float.BYTES;
    }

    /** Rows of a strip: a sixteenth of the memory for the level, within limits that keep it worth while. */
    private static int stripRows(int width, int channels, long levelBytes) {
        long values = Math.min(STRIP_VALUES, levelBytes / 16 / Float.BYTES);
        return (int) Math.max(MIN_STRIP_ROWS, values / ((long) width * channels));
    }

    /** The result; a stored input is overwritten where it has the size of the result. */
    FeatureMap apply(Rows x, Run run) {
        var result = wholeBytes(x.height(), x.width(), inputs, outputs) <= run.levelBytes()
                ? whole(x.all(run), run)
                : strips(x, run);
        run.did(work(x.height(), x.width(), inputs, outputs));
        return result;
    }

    private FeatureMap whole(FeatureMap x, Run run) {
        var workspace = run.workspace();
        var hidden = conv1.get().apply(x, norm1.get().apply(GroupNorm.Statistics.of(x, workspace)), workspace);
        var result = shortcut == null ? x : shortcut.get().apply(x, null, workspace);
        var normed = norm2.get().apply(GroupNorm.Statistics.of(hidden, workspace));
        conv2.get().apply(hidden, normed, result, 0, x.height(), Output.ADD, workspace);
        return result;
    }

    private FeatureMap strips(Rows x, Run run) {
        int height = x.height();
        int rows = stripRows(x.width(), Math.max(inputs, outputs), run.levelBytes());
        var workspace = run.workspace();

        var statistics1 = new GroupNorm.Statistics(height, x.width(), inputs);
        for (int y = 0; y < height; y += rows) {
            int end = Math.min(height, y + rows);
            statistics1.add(x.rows(y, end, run), y, end, workspace);
            run.did(0);
        }
        var normed1 = norm1.get().apply(statistics1);

        var statistics2 = new GroupNorm.Statistics(height, x.width(), outputs);
        for (int y = 0; y < height; y += rows) {
            int end = Math.min(height, y + rows);
            var input = x.rows(Math.max(0, y - 1), Math.min(height, end + 1), run);
            statistics2.add(hidden(input, normed1, y, end, run), y, end, workspace);
            run.did(0);
        }
        var normed2 = norm2.get().apply(statistics2);

        boolean inPlace = shortcut == null && x.map().isPresent();
        var result = inPlace ? x.map().orElseThrow() : FeatureMap.zeros(height, x.width(), outputs);
        var above = FeatureMap.zeroRows(height, x.width(), inputs, 0, 0);
        for (int y = 0; y < height; y += rows) {
            int end = Math.min(height, y + rows);
            int firstHidden = Math.max(0, y - 1);
            int endHidden = Math.min(height, end + 1);
            int first = Math.max(0, firstHidden - 1);
            int last = Math.min(height, endHidden + 1);
            var input = x.rows(first, last, run);
            if (inPlace) { // the rows above this strip have been overwritten
                input = joined(above, input, first, last);
                above = joined(input, input, Math.max(0, end - 2), end);
            }
            var hidden = hidden(input, normed1, firstHidden, endHidden, run);
            if (shortcut != null) {
                shortcut.get().apply(input, null, result, y, end, Output.REPLACE, workspace);
            } else if (!inPlace) {
                copy(input, result, y, end);
            }
            conv2.get().apply(hidden, normed2, result, y, end, Output.ADD, workspace);
            run.did(0);
        }
        return result;
    }

    private FeatureMap hidden(FeatureMap input, GroupNorm.Applied norm, int from, int to, Run run) {
        var hidden = FeatureMap.zeroRows(input.height(), input.width(), outputs, from, to - from);
        conv1.get().apply(input, norm, hidden, from, to, Output.REPLACE, run.workspace());
        return hidden;
    }

    /** A copy of rows {@code from} to {@code to}: those that {@code above} has from there, the others from {@code rest}. */
    private static FeatureMap joined(FeatureMap above, FeatureMap rest, int from, int to) {
        var result = FeatureMap.zeroRows(rest.height(), rest.width(), rest.channels(), from, to - from);
        int border = Math.clamp(above.endRow(), from, to);
        copy(above, result, from, border);
        copy(rest, result, border, to);
        return result;
    }

    private static void copy(FeatureMap source, FeatureMap target, int from, int to) {
        if (from < to) {
            int length = (to - from) * source.width() * source.channels();
            System.arraycopy(source.data(), source.row(from), target.data(), target.row(from), length);
        }
    }
}
