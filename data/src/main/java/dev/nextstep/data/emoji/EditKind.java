package dev.nextstep.data.emoji;

import java.util.Locale;

/** What an edit changes. */
public enum EditKind {
    /** Another artist draws the same glyph. */
    STYLE,
    /** Another skin tone, or none. */
    TONE,
    /** Man, woman, or neither. */
    GENDER,
    /** The same thing in another colour: hearts, circles, squares, books, …. */
    COLOUR,
    /** Another time on the clock. */
    CLOCK,
    /** Left and right change places; the target is computed. */
    MIRROR,
    /** A drawing of one main colour gets another one; the target is computed. */
    PAINT;

    /** Whether the target is no picture of the set but made from the source. */
    public boolean isComputed() {
        return this == MIRROR || this == PAINT;
    }

    /** The name in fields and recipes. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the kind of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static EditKind of(String id) {
        for (var kind : values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown kind of edit '" + id + "'; known are style, tone, gender, colour, clock, mirror, paint");
    }
}
