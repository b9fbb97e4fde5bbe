package dev.nextstep.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the rows of a request (spec §5) directly as ids. The reference joins strings and tokenizes them; special tokens
 * cut the text in the same places, so the ids are the same, but nothing typed by a user can pass for a picture.
 */
public final class PromptBuilder {
    private final TextTokenizer tokenizer;
    private final SpecialTokens special;

    public PromptBuilder(TextTokenizer tokenizer, SpecialTokens special) {
        this.tokenizer = tokenizer;
        this.special = special;
    }

    /**
     * The rows of a request.
     *
     * <p>Where the reference is wrong this is not: in the rows of pictures with the negative prompt every caption has
     * one block for each of its own pictures in their own sizes, while the reference writes one block of the first
     * picture's size into all of them (spec §11 #14). With one picture size and one picture per caption both agree.
     */
    public PromptRows build(PromptRequest request) {
        List<Draft> conditional = new ArrayList<>();
        List<Draft> imageAndNegative = new ArrayList<>();
        List<Draft> negative = new ArrayList<>();
        int nextPicture = 0;
        for (int c = 0; c < request.captions().size(); c++) {
            String caption = request.captions().get(c);
            var row = new Draft(request, RowKind.CONDITIONAL, c);
            int first = nextPicture;
            if (!request.pictures().isEmpty()) {
                int at = 0;
                for (int tag = caption.indexOf(PromptRequest.IMAGE_TAG);
                        tag >= 0;
                        tag = caption.indexOf(PromptRequest.IMAGE_TAG, at)) {
                    row.text(caption.substring(at, tag));
                    row.picture(nextPicture++);
                    at = tag + PromptRequest.IMAGE_TAG.length();
                }
                caption = caption.substring(at);
            }
            row.text(request.positive().isEmpty() ? caption : caption + " " + request.positive());
            conditional.add(row.end());

            var pictures = new Draft(request, RowKind.IMAGE_AND_NEGATIVE, c);
            for (int p = first; p < nextPicture; p++) {
                pictures.picture(p);
            }
            imageAndNegative.add(pictures.text(request.negative()).end());
            negative.add(new Draft(request, RowKind.NEGATIVE, c)
                    .text(request.negative())
                    .end());
        }
        var blocks = switch (request.guidance()) {
            case NONE -> List.of(conditional);
            case TEXT -> List.of(conditional, negative);
            case TEXT_AND_IMAGE -> List.of(conditional, imageAndNegative, negative);
        };
        return assemble(request, blocks);
    }

    private PromptRows assemble(PromptRequest request, List<List<Draft>> blocks) {
        int length = 0;
        for (var block : blocks) {
            for (var draft : block) {
                length = Math.max(length, draft.ids.size());
            }
        }
        var rows = new ArrayList<PromptRow>();
        for (var block : blocks) {
            for (var draft : block) {
                int padding = length - draft.ids.size();
                var row = new PromptRow(draft.kind, draft.caption, padding, draft.ids.toArray(), draft.pictures);
                for (int n = 0; n < request.picturesPerCaption(); n++) {
                    rows.add(row);
                }
            }
        }
        return new PromptRows(rows, request.guidance(), request.output(), length, special.pad());
    }

    /** A row while it is being written. */
    private final class Draft {
        private final PromptRequest request;
        private final RowKind kind;
        private final int caption;
        private final IntList ids = new IntList();
        private final List<PictureSpan> pictures = new ArrayList<>();

        Draft(PromptRequest request, RowKind kind, int caption) {
            this.request = request;
            this.kind = kind;
            this.caption = caption;
            if (request.bosRule() == BosRule.IF_PRESENT) {
                special.bos().ifPresent(ids::add);
            }
        }

        Draft text(String text) {
            tokenizer.encode(text, request.specialTokenText(), ids);
            return this;
        }

        void picture(int index) {
            var grid = request.pictures().get(index);
            beginOfImage(grid);
            pictures.add(new PictureSpan(index, ids.size(), grid));
            ids.addRepeated(special.imagePlaceholder(), grid.tokens());
            ids.add(special.endOfImage());
        }

        private void beginOfImage(Grid grid) {
            ids.add(special.imageArea());
            tokenizer.encode(grid.text(), SpecialTokenText.AS_TEXT, ids);
            ids.add(special.beginOfImage());
        }

        /** Every row ends with the size of the picture to draw; the next position is its first token. */
        Draft end() {
            beginOfImage(request.output());
            return this;
        }
    }
}
