package dev.nextstep.engine;

import dev.nextstep.prompt.Grid;
import java.util.List;
import java.util.Optional;

/**
 * Text that the model wrote.
 *
 * @param text decoded text, without the token that ended it
 * @param ids its token ids
 * @param end why it ended
 * @param requested size of the picture that the model asked for, if {@code end} is {@link End#PICTURE}
 */
public record WrittenText(String text, List<Integer> ids, End end, Optional<Grid> requested) {
    /** Why a text ended. */
    public enum End {
        /** A stop token or the end-of-text token was chosen. */
        STOP,
        /** The limit of tokens, or the last of the model's positions, was reached. */
        LENGTH,
        /** The model began a picture: it wrote {@code <|image_area|>} and a size. */
        PICTURE
    }

    public WrittenText {
        ids = List.copyOf(ids);
    }
}
