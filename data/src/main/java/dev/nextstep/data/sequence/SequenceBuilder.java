package dev.nextstep.data.sequence;

import dev.nextstep.data.DataException;
import dev.nextstep.data.ImageTags;
import dev.nextstep.data.SampleKind;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes token sequences and labels of captions and picture sizes (spec §8.2). A picture is {@code <|image_area|>}, its size
 * as text, begin, one placeholder for each token, end. Labels are the ids themselves, except from the begin token on for as
 * many as the picture has tokens (the last placeholder's label is never used, because the loss predicts placeholders with
 * the flow head), and at the end of text where it directly follows a picture.
 *
 * <p>Text that is spelled like a special token stays text. Thread-safe.
 */
public final class SequenceBuilder {
    private final TextTokenizer tokenizer;
    private final SpecialTokens special;

    /** A builder for one model's tokens. */
    public SequenceBuilder(TextTokenizer tokenizer, SpecialTokens special) {
        this.tokenizer = tokenizer;
        this.special = special;
    }

    /** The tokens that frame pictures and rows. */
    public SpecialTokens special() {
        return special;
    }

    /** A text. */
    public TokenSequence text(String text) {
        var draft = new Draft();
        draft.text(text);
        return draft.end(LastOnly.NO);
    }

    /** A captioned picture. Marks in the caption are text like any other. */
    public TokenSequence imageText(String caption, Grid grid, PictureOrder order) {
        var draft = new Draft();
        switch (order) {
            case CAPTION_FIRST -> {
                draft.text(caption);
                draft.picture(0, grid);
            }
            case PICTURE_FIRST -> {
                draft.picture(0, grid);
                draft.text(caption);
            }
        }
        return draft.end(LastOnly.NO);
    }

    /**
     * Source pictures, instruction and target in the order of the caption's marks.
     *
     * @param grids one for each mark, in the order of the caption
     * @throws DataException if their numbers differ
     */
    public TokenSequence edit(String caption, List<Grid> grids) {
        return marked(caption, grids, PictureWindow.all(Math.max(1, grids.size())), LastOnly.YES);
    }

    /**
     * Text and pictures in the order of the caption's marks.
     *
     * @param grids one for each mark of the whole caption, in its order
     * @param window the pictures that are kept. Text between the last dropped picture and the first kept one stays; text
     *     after the last kept one is dropped, unless all are kept
     * @throws DataException if marks and grids differ in number, or the window reaches beyond them
     */
    public TokenSequence interleaved(String caption, List<Grid> grids, PictureWindow window) {
        return marked(caption, grids, window, LastOnly.NO);
    }

    /** A sample of any kind; {@code order} counts for captioned pictures only, and all pictures are kept. */
    public TokenSequence build(SampleKind kind, String caption, List<Grid> grids, PictureOrder order) {
        return switch (kind) {
            case TEXT -> text(caption);
            case IMAGE_TEXT -> imageText(caption, grids.getFirst(), order);
            case EDIT -> edit(caption, grids);
            case INTERLEAVED -> interleaved(caption, grids, PictureWindow.all(Math.max(1, grids.size())));
        };
    }

    private TokenSequence marked(String caption, List<Grid> grids, PictureWindow window, LastOnly lastOnly) {
        var pieces = ImageTags.split(caption);
        int marks = ImageTags.numbers(caption).size();
        if (marks != grids.size()) {
            throw new DataException(
                    "the caption has %d marks for pictures, but %d pictures are given".formatted(marks, grids.size()));
        }
        if (marks > 0 && window.first() + window.count() > marks) {
            throw new DataException("pictures %d to %d are to be kept, but there are %d"
                    .formatted(window.first(), window.first() + window.count() - 1, marks));
        }
        boolean all = window.count() >= marks;
        var draft = new Draft();
        int mark = 0; // the next one
        for (var piece : pieces) {
            switch (piece) {
                case ImageTags.Tag _ -> {
                    if (window.keeps(mark)) {
                        draft.picture(mark, grids.get(mark));
                    }
                    mark++;
                }
                case ImageTags.Text text -> {
                    if (all || window.keeps(mark)) {
                        draft.text(text.text());
                    }
                }
            }
        }
        return draft.end(lastOnly);
    }

    /** Whether the image loss counts the last picture only. */
    private enum LastOnly {
        YES,
        NO
    }

    private final class Draft {
        private int[] ids = new int[64];
        private int size;
        private final List<PictureBlock> pictures = new ArrayList<>();

        Draft() {
            special.bos().ifPresent(this::add);
        }

        private void add(int... more) {
            if (size + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, size + more.length));
            }
            System.arraycopy(more, 0, ids, size, more.length);
            size += more.length;
        }

        void text(String text) {
            add(tokenizer.encode(text, SpecialTokenText.AS_TEXT));
        }

        void picture(int tag, Grid grid) {
            add(special.imageArea());
            text(grid.text());
            pictures.add(new PictureBlock(tag, grid, size, true));
            add(special.beginOfImage());
            int[] placeholders = new int[grid.tokens()];
            Arrays.fill(placeholders, special.imagePlaceholder());
            add(placeholders);
            add(special.endOfImage());
        }

        TokenSequence end(LastOnly lastOnly) {
            boolean afterPicture = size > 0 && ids[size - 1] == special.endOfImage();
            add(special.eos());
            int[] inputIds = Arrays.copyOf(ids, size);
            int[] labels = inputIds.clone();
            var blocks = new ArrayList<PictureBlock>();
            for (int i = 0; i < pictures.size(); i++) {
                var block = pictures.get(i);
                Arrays.fill(labels, block.boi(), block.boi() + block.grid().tokens(), TokenSequence.IGNORED);
                boolean trained = lastOnly == LastOnly.NO || i == pictures.size() - 1;
                blocks.add(new PictureBlock(block.tag(), block.grid(), block.boi(), trained));
            }
            if (afterPicture) {
                labels[size - 1] = TokenSequence.IGNORED;
            }
            return new TokenSequence(inputIds, labels, blocks);
        }
    }
}
