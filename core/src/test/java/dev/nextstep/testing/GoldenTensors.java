package dev.nextstep.testing;

import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;

/** A safetensors file of golden values. */
public final class GoldenTensors implements AutoCloseable {
    private final Safetensors file;

    private GoldenTensors(Safetensors file) {
        this.file = file;
    }

    public static GoldenTensors open(Path path) {
        return new GoldenTensors(Safetensors.open(path));
    }

    public boolean has(String name) {
        return file.find(name).isPresent();
    }

    public Tensor tensor(String name) {
        return file.find(name).orElseThrow(() -> new AssertionError("no tensor " + name + " in " + file.origin()));
    }

    public float[] floats(String name) {
        return tensor(name).toFloats();
    }

    public long[] longs(String name) {
        return tensor(name).toLongs();
    }

    /** The ids [rows, columns] of a tensor of that shape. */
    public int[][] idRows(String name) {
        var tensor = tensor(name);
        int rows = tensor.dimension(0);
        int columns = tensor.dimension(1);
        long[] all = tensor.toLongs();
        var result = new int[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                result[r][c] = (int) all[r * columns + c];
            }
        }
        return result;
    }

    /** Rows {@code from} to {@code to} of a flat [*, width] array. */
    public static float[] rows(float[] values, int from, int to, int width) {
        return Arrays.copyOfRange(values, from * width, to * width);
    }

    @Override
    public void close() {
        file.close();
    }
}
