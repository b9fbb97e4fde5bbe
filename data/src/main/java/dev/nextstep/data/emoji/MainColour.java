package dev.nextstep.data.emoji;

import dev.nextstep.image.Pixels;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Optional;

/**
 * The one colour that a person would call a drawing by.
 *
 * @param name the colour
 * @param share of the drawing's area that has it, 0 to 1
 */
record MainColour(ColourName name, double share) {
    /** Below this share another colour would be named as well. */
    private static final double LEAST_SHARE = 0.6;

    private static final double LEAST_AREA = 0.05;
    private static final int WHITE_FROM = 248;

    /** Finds it, if there is one: the colour of at least 60 % of what is not background. */
    static Optional<MainColour> of(Pixels pixels) {
        var background = background(pixels);
        int width = pixels.width();
        int area = width * pixels.height() - background.cardinality();
        if (area < LEAST_AREA * width * pixels.height()) {
            return Optional.empty();
        }
        var counts = new EnumMap<ColourName, Integer>(ColourName.class);
        for (int at = background.nextClearBit(0); at < width * pixels.height(); at = background.nextClearBit(at + 1)) {
            int rgb = pixels.rgb(at % width, at / width);
            ColourName.naming(rgb >> 16, rgb >> 8 & 255, rgb & 255)
                    .ifPresent(name -> counts.merge(name, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .max(java.util.Map.Entry.comparingByValue())
                .map(most -> new MainColour(most.getKey(), most.getValue() / (double) area))
                .filter(colour -> colour.share >= LEAST_SHARE);
    }

    /** The white that is connected with the border. */
    private static BitSet background(Pixels pixels) {
        int width = pixels.width();
        int height = pixels.height();
        var seen = new BitSet(width * height);
        var queue = new ArrayDeque<Integer>();
        for (int x = 0; x < width; x++) {
            visit(pixels, x, 0, seen, queue);
            visit(pixels, x, height - 1, seen, queue);
        }
        for (int y = 0; y < height; y++) {
            visit(pixels, 0, y, seen, queue);
            visit(pixels, width - 1, y, seen, queue);
        }
        while (!queue.isEmpty()) {
            int at = queue.remove();
            int x = at % width;
            int y = at / width;
            visit(pixels, x - 1, y, seen, queue);
            visit(pixels, x + 1, y, seen, queue);
            visit(pixels, x, y - 1, seen, queue);
            visit(pixels, x, y + 1, seen, queue);
        }
        return seen;
    }

    private static void visit(Pixels pixels, int x, int y, BitSet seen, ArrayDeque<Integer> queue) {
        if (x < 0 || y < 0 || x >= pixels.width() || y >= pixels.height() || seen.get(y * pixels.width() + x)) {
            return;
        }
        int rgb = pixels.rgb(x, y);
        if ((rgb >> 16) >= WHITE_FROM && (rgb >> 8 & 255) >= WHITE_FROM && (rgb & 255) >= WHITE_FROM) {
            seen.set(y * pixels.width() + x);
            queue.add(y * pixels.width() + x);
        }
    }
}
