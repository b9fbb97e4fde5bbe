package dev.nextstep.data.emoji;

import java.util.Optional;

/**
 * A picture and what an edit makes of it.
 *
 * @param kind what changes
 * @param source before
 * @param target after; the source itself where it is computed ({@link EditKind#isComputed})
 * @param paint the colour of {@link EditKind#PAINT}; empty for all others
 */
public record EditPair(EditKind kind, RenderedEmoji source, RenderedEmoji target, Optional<ColourName> paint) {
    /** An edit that is not painted. */
    EditPair(EditKind kind, RenderedEmoji source, RenderedEmoji target) {
        this(kind, source, target, Optional.empty());
    }

    /** Names the edit. */
    String key() {
        return kind.id() + " " + source.id() + " " + paint.map(ColourName::word).orElse(target.id());
    }

    /** Names the edit and its reverse, which shows the same two pictures. */
    String unorderedKey() {
        return source.id().compareTo(target.id()) <= 0 ? key() : reversed().key();
    }

    /** The edit back. */
    EditPair reversed() {
        return new EditPair(kind, /* source= */ target, /* target= */ source, paint);
    }
}
