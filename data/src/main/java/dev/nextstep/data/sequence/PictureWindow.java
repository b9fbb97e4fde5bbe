package dev.nextstep.data.sequence;

import dev.nextstep.prompt.Grid;
import java.util.Collection;
import java.util.random.RandomGenerator;

/**
 * The pictures of an interleaved sample that are kept (spec §8.2).
 *
 * @param first number of the first kept mark, from 0
 * @param count kept marks, at least 1
 */
public record PictureWindow(int first, int count) {
    /** Checks the ranges. */
    public PictureWindow {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "a window keeps at least one picture, from 0 on; got %d from %d".formatted(count, first));
        }
    }

    /** All of so many pictures. */
    public static PictureWindow all(int pictures) {
        return new PictureWindow(0, pictures);
    }

    /** All pictures if they are within the limit, otherwise a random run of as many as the limit allows. */
    public static PictureWindow within(int limit, int pictures, RandomGenerator random) {
        return pictures <= limit ? all(pictures) : new PictureWindow(random.nextInt(pictures - limit + 1), limit);
    }

    /**
     * Most pictures of a sample: row length ÷ (2 · tokens of the largest of all configured grids, spec §15 item 20), at
     * least 1.
     */
    public static int limit(int rowLength, Collection<Grid> configured) {
        int largest = configured.stream().mapToInt(Grid::tokens).max().orElse(1);
        return Math.max(1, rowLength / (2 * largest));
    }

    /** Whether the mark with this number is kept. */
    boolean keeps(int mark) {
        return mark >= first && mark < first + count;
    }
}
