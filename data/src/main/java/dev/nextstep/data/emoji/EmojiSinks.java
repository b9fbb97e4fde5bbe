package dev.nextstep.data.emoji;

import dev.nextstep.data.SampleKind;
import dev.nextstep.data.SampleSink;
import java.io.IOException;

/** Opens places for samples. Each is asked for once and closed when its samples are complete. */
@FunctionalInterface
public interface EmojiSinks {
    /**
     * Opens the place for samples of this split and kind.
     *
     * @throws IOException if it cannot be opened
     */
    SampleSink open(Split split, SampleKind kind) throws IOException;
}
