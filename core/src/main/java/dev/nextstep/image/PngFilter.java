package dev.nextstep.image;

/** The five row filters of PNG. A line is its filter type followed by its bytes; "above" likewise, type ignored. */
final class PngFilter {
    static final int TYPES = 5;

    private PngFilter() {}

    /** Restores a line in place. */
    static void undo(byte[] line, byte[] above, int pixelBytes) throws BadPicture {
        int type = line[0];
        if (type < 0 || type >= TYPES) {
            throw new BadPicture("its picture data names the unknown row filter " + (type & 255));
        }
        if (type == 0) {
            return;
        }
        for (int i = 1; i < line.length; i++) {
            line[i] += (byte) prediction(type, line, above, i, pixelBytes);
        }
    }

    /** Filters a line into another array; returns the sum of absolute differences, the usual measure of fitness. */
    static long apply(int type, byte[] line, byte[] above, byte[] out, int pixelBytes) {
        long sum = 0;
        out[0] = (byte) type;
        for (int i = 1; i < line.length; i++) {
            out[i] = (byte) (line[i] - prediction(type, line, above, i, pixelBytes));
            sum += Math.abs(out[i]);
        }
        return sum;
    }

    private static int prediction(int type, byte[] line, byte[] above, int i, int pixelBytes) {
        int left = i > pixelBytes ? line[i - pixelBytes] & 255 : 0;
        int up = above[i] & 255;
        return switch (type) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, i > pixelBytes ? above[i - pixelBytes] & 255 : 0);
        };
    }

    private static int paeth(int left, int up, int corner) {
        int dLeft = Math.abs(up - corner);
        int dUp = Math.abs(left - corner);
        int dCorner = Math.abs(left + up - 2 * corner);
        if (dLeft <= dUp && dLeft <= dCorner) {
            return left;
        }
        return dUp <= dCorner ? up : corner;
    }
}
