package dev.nextstep.kernel;

/**
 * Activations of a convolutional network: some rows of a picture with {@code channels} values per position, channels
 * innermost. A map that holds all rows has firstRow 0 and rows = height.
 *
 * @param height height of the whole picture
 * @param width width of the picture
 * @param channels values per position
 * @param firstRow first row that is here
 * @param rows rows that are here
 * @param data at least rows × width × channels values
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier: nobody compares two of them
public record FeatureMap(int height, int width, int channels, int firstRow, int rows, float[] data) {

    /** The largest array that Java can hold. */
    private static final long MAX_VALUES = Integer.MAX_VALUE - 8;

    public FeatureMap {
        if (firstRow < 0 || rows < 0 || firstRow + rows > height) {
            throw new IllegalArgumentException(
                    "rows %d to %d are not within a picture of height %d".formatted(firstRow, firstRow + rows, height));
        }
        if (data.length < values(rows, width, channels)) {
            throw new IllegalArgumentException(
                    "%d x %d x %d values do not fit into an array of %d".formatted(rows, width, channels, data.length));
        }
    }

    private static long values(int rows, int width, int channels) {
        return (long) rows * width * channels;
    }

    /**
     * A whole picture of zeros.
     *
     * @throws IllegalArgumentException if it has more values than one Java array can hold
     */
    public static FeatureMap zeros(int height, int width, int channels) {
        return zeroRows(height, width, channels, 0, height);
    }

    /** Some rows of a picture, zeros. */
    public static FeatureMap zeroRows(int height, int width, int channels, int firstRow, int rows) {
        long values = values(rows, width, channels);
        if (values > MAX_VALUES) {
            throw new IllegalArgumentException(
                    "%d rows of %d positions with %d channels are more than one array can hold (%d values): use a smaller picture"
                            .formatted(rows, width, channels, MAX_VALUES));
        }
        return new FeatureMap(height, width, channels, firstRow, rows, new float[(int) values]);
    }

    /** From channels outermost (CHW) to this layout. */
    public static FeatureMap ofPlanes(float[] planes, int channels, int height, int width) {
        var map = zeros(height, width, channels);
        int plane = height * width;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                map.data[i * channels + c] = planes[c * plane + i];
            }
        }
        return map;
    }

    /** Copies the rows that are here into a whole picture with channels outermost (CHW). */
    public void toPlanes(float[] planes) {
        int plane = height * width;
        int first = firstRow * width;
        int positions = rows * width;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < positions; i++) {
                planes[c * plane + first + i] = data[i * channels + c];
            }
        }
    }

    @Override
    public String toString() {
        return "rows %d to %d of %d x %d x %d".formatted(firstRow, endRow(), height, width, channels);
    }

    /** Index of the first value of a row of the picture. */
    public int row(int y) {
        return (y - firstRow) * width * channels;
    }

    /** First row after those that are here. */
    public int endRow() {
        return firstRow + rows;
    }
}
