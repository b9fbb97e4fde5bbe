package dev.nextstep.prompt;

import java.util.List;

/** One row of a request: what the transformer reads before it draws the first image token. Immutable. */
public final class PromptRow {
    private final RowKind kind;
    private final int caption;
    private final int padding;
    private final int[] ids;
    private final List<PictureSpan> pictures;

    PromptRow(RowKind kind, int caption, int padding, int[] ids, List<PictureSpan> pictures) {
        this.kind = kind;
        this.caption = caption;
        this.padding = padding;
        this.ids = ids;
        this.pictures = List.copyOf(pictures);
    }

    /** What the row conditions on. */
    public RowKind kind() {
        return kind;
    }

    /** Index of the caption that the row belongs to. */
    public int caption() {
        return caption;
    }

    /** Pads to the left of the ids; also the position of the first id (spec §3.5: pads count). */
    public int padding() {
        return padding;
    }

    /** Number of ids, pads not counted; at least 1. */
    public int length() {
        return ids.length;
    }

    /** The ids without pads; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** The source pictures in the row, in the order of their placeholders. */
    public List<PictureSpan> pictures() {
        return pictures;
    }

    int id(int index) {
        return ids[index];
    }
}
