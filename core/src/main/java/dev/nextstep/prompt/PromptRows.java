package dev.nextstep.prompt;

import java.util.Arrays;
import java.util.List;

/**
 * All rows of a request in block order (spec §5.6): for N generated pictures N conditional rows, then by layout N rows
 * of pictures with the negative prompt, then N rows of the negative prompt. Row i of each block belongs to picture i;
 * pictures are ordered caption by caption. Rows end at the same position, so pads stand on the left and need not be
 * computed (spec §3.5). Immutable.
 */
public final class PromptRows {
    private final List<PromptRow> rows;
    private final GuidanceLayout layout;
    private final Grid output;
    private final int length;
    private final int pad;

    PromptRows(List<PromptRow> rows, GuidanceLayout layout, Grid output, int length, int pad) {
        this.rows = List.copyOf(rows);
        this.layout = layout;
        this.output = output;
        this.length = length;
        this.pad = pad;
    }

    /** The rows in block order. */
    public List<PromptRow> rows() {
        return rows;
    }

    /** Which blocks there are. */
    public GuidanceLayout layout() {
        return layout;
    }

    /** Size of the pictures to generate. */
    public Grid output() {
        return output;
    }

    /** Number of pictures to generate, N: rows per block. */
    public int outputPictures() {
        return rows.size() / layout.rowsPerPicture();
    }

    /** Common length of the rows with their pads; the first image token stands at this position. */
    public int length() {
        return length;
    }

    /** Ids with pads on the left, [rows, length]. */
    public int[][] paddedIds() {
        int[][] padded = new int[rows.size()][length];
        for (int r = 0; r < padded.length; r++) {
            var row = rows.get(r);
            Arrays.fill(padded[r], 0, row.padding(), pad);
            System.arraycopy(row.ids(), 0, padded[r], row.padding(), row.length());
        }
        return padded;
    }

    /** Attention mask of the padded ids, [rows, length]: 0 on pads, 1 elsewhere. */
    public int[][] mask() {
        int[][] mask = new int[rows.size()][length];
        for (int r = 0; r < mask.length; r++) {
            Arrays.fill(mask[r], rows.get(r).padding(), length, 1);
        }
        return mask;
    }

    /** Positions of the padded ids, the same for all rows: 0, 1, 2, … with pads counted (spec §3.5). */
    public int[] positions() {
        int[] positions = new int[length];
        Arrays.setAll(positions, i -> i);
        return positions;
    }

    /** Indices of the source pictures in the order in which rows and placeholders need them. */
    public List<Integer> pictureOrder() {
        return rows.stream()
                .flatMap(row -> row.pictures().stream())
                .map(PictureSpan::picture)
                .toList();
    }
}
