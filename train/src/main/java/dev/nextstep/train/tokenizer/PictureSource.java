package dev.nextstep.train.tokenizer;

import dev.nextstep.image.Pixels;

/** Pictures by number, as a tokenizer learns from them. Safe for use by several threads. */
public interface PictureSource {
    /** How many there are. */
    int size();

    /**
     * Picture i in its full size.
     *
     * @throws dev.nextstep.image.PictureException if it cannot be decoded
     */
    Pixels get(int i);

    /** A name for messages and sheets. */
    String name(int i);
}
