package dev.nextstep.image;

/** Pillow's {@code reduce}: the mean of whole blocks; blocks at the right and bottom edge may be smaller. */
final class BlockMean {
    private BlockMean() {}

    static Raster reduce(Raster source, int factorX, int factorY, int left, int top, int right, int bottom) {
        int channels = source.mode().channels();
        int width = (right - left + factorX - 1) / factorX;
        int height = (bottom - top + factorY - 1) / factorY;
        byte[] out = new byte[width * height * channels];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int fromY = top + y * factorY;
            int toY = Math.min(bottom, fromY + factorY);
            for (int x = 0; x < width; x++) {
                int fromX = left + x * factorX;
                int toX = Math.min(right, fromX + factorX);
                int cells = (toX - fromX) * (toY - fromY);
                // 2^32 / (256 n) in float32, as Pillow has it; never more than floor(2^24 / n) for the sums that occur.
                long multiplier = (long) (0x1p32f / (float) (256L * cells));
                for (int c = 0; c < channels; c++) {
                    long sum = cells / 2;
                    for (int yy = fromY; yy < toY; yy++) {
                        int row = yy * source.width();
                        for (int xx = fromX; xx < toX; xx++) {
                            sum += source.bytes()[(row + xx) * channels + c] & 255;
                        }
                    }
                    out[at++] = (byte) ((sum * multiplier) >> 24);
                }
            }
        }
        return source.with(width, height, out);
    }
}
