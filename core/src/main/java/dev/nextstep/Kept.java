package dev.nextstep;

import dev.nextstep.image.Pixels;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a drawing takes over from another picture: image tokens of its latent stand where they stood, and only the others
 * are drawn. The kept part looks as the image tokenizer gives it back, not to the pixel as it was.
 *
 * <p>A token is drawn knowing those above it and to its left, never those below and to the right (the model is
 * autoregressive, raster order). So a region can be redrawn, but it goes on only what lies before it: at its lower and right
 * edges it meets the kept part by luck. Editing helps, because the model has then seen the whole source in its prompt.
 */
public sealed interface Kept {
    /** The picture that parts are taken from. */
    Pixels picture();

    /**
     * The upper rows of a picture that is as wide as the drawing. With a drawing that is higher than the picture, it is
     * extended downwards.
     *
     * @param picture at least as high as the rows
     * @param rows rows of tokens (16 pixels in the official models), at least 1
     */
    record Rows(Pixels picture, int rows) implements Kept {
        public Rows {
            if (rows < 1) {
                throw new IllegalArgumentException("at least 1 row of tokens is kept, not " + rows);
            }
        }

        @Override
        public Part part() {
            return new Part(SourcePicture.of(picture), OptionalInt.of(rows), Optional.empty());
        }
    }

    /**
     * All that is not marked, of a picture that is brought to the size of the drawing.
     *
     * @param picture the picture
     * @param mask of the same size as the picture: light where something new is drawn, dark where it stays. A token is drawn
     *     anew if any pixel of its square is light
     */
    record Unmarked(Pixels picture, Pixels mask) implements Kept {
        public Unmarked {
            if (mask.width() != picture.width() || mask.height() != picture.height()) {
                throw new IllegalArgumentException(
                        "the mask is %d x %d pixels and the picture %d x %d; make them the same"
                                .formatted(mask.width(), mask.height(), picture.width(), picture.height()));
            }
        }

        @Override
        public Part part() {
            return new Part(SourcePicture.of(picture), OptionalInt.empty(), Optional.of(SourcePicture.of(mask)));
        }
    }

    /** Its name in recipes. */
    Part part();

    /**
     * What was kept, as a recipe names it: exactly one of rows and mask.
     *
     * @param picture of which picture
     * @param rows how many rows of tokens
     * @param mask which mask
     */
    record Part(SourcePicture picture, OptionalInt rows, Optional<SourcePicture> mask) {
        public Part {
            if (rows.isPresent() == mask.isPresent()) {
                throw new IllegalArgumentException("either rows or what is not masked is kept");
            }
            if (mask.isPresent()
                    && (mask.get().width() != picture.width() || mask.get().height() != picture.height())) {
                throw new IllegalArgumentException("a mask has the size of its picture");
            }
            if (rows.isPresent() && rows.getAsInt() < 1) {
                throw new IllegalArgumentException("at least 1 row of tokens is kept, not " + rows.getAsInt());
            }
        }
    }
}
