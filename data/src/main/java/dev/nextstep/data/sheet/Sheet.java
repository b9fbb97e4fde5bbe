package dev.nextstep.data.sheet;

import dev.nextstep.image.Pixels;
import java.util.Arrays;
import java.util.List;

/** Many small pictures in one. */
public final class Sheet {
    private static final int GAP = 4;
    private static final byte BACKGROUND = (byte) 0xE0;

    private Sheet() {}

    /**
     * A sheet of thumbnails, row by row, each in the middle of its cell.
     *
     * @param columns pictures side by side, at least 1
     */
    public static Pixels of(List<Thumbnail> thumbnails, int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a sheet needs at least 1 column, got " + columns);
        }
        int cell = Thumbnail.SIDE + GAP;
        int across = Math.max(1, Math.min(columns, thumbnails.size()));
        int rows = Math.max(1, (thumbnails.size() + across - 1) / across);
        int width = across * cell + GAP;
        int height = rows * cell + GAP;
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, BACKGROUND);
        for (int i = 0; i < thumbnails.size(); i++) {
            var picture = thumbnails.get(i).picture();
            int left = GAP + i % across * cell + (Thumbnail.SIDE - picture.width()) / 2;
            int top = GAP + i / across * cell + (Thumbnail.SIDE - picture.height()) / 2;
            byte[] source = picture.toBytes();
            for (int y = 0; y < picture.height(); y++) {
                System.arraycopy(
                        source, 3 * y * picture.width(), rgb, 3 * ((top + y) * width + left), 3 * picture.width());
            }
        }
        return Pixels.of(width, height, rgb);
    }
}
