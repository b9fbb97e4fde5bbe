package dev.nextstep.data.emoji;

/**
 * A picture and what an edit makes of it.
 *
 * @param kind what changes
 * @param source before
 * @param target after; for {@link EditKind#MIRROR} the source itself, to be mirrored
 */
public record EditPair(EditKind kind, RenderedEmoji source, RenderedEmoji target) {
    /** Names the edit. */
    String key() {
        return kind.id() + " " + source.id() + " " + target.id();
    }

    /** Names the edit and its reverse, which shows the same two pictures. */
    String unorderedKey() {
        return source.id().compareTo(target.id()) <= 0 ? key() : reversed().key();
    }

    /** The edit back. */
    EditPair reversed() {
        return new EditPair(kind, /* source= */ target, /* target= */ source);
    }
}
