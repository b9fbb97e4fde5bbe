package dev.nextstep.data.emoji;

import java.util.List;
import java.util.Optional;

/**
 * What a clock face shows.
 *
 * @param hour 1 to 12
 * @param half whether it is half an hour later
 */
record ClockTime(int hour, Half half) {
    /** Where the long hand points. */
    enum Half {
        /** Up. */
        FULL,
        /** Down. */
        PAST
    }

    private static final List<String> HOURS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final String O_CLOCK = " o'clock";
    private static final String THIRTY = "-thirty";

    /** The time of a clock's glyph. */
    static Optional<ClockTime> of(Glyph glyph) {
        if (!glyph.subgroup().equals("time")) {
            return Optional.empty();
        }
        String label = GlyphName.text(glyph.label());
        for (int i = 0; i < HOURS.size(); i++) {
            if (label.equals(HOURS.get(i) + O_CLOCK)) {
                return Optional.of(new ClockTime(i + 1, Half.FULL));
            }
            if (label.equals(HOURS.get(i) + THIRTY)) {
                return Optional.of(new ClockTime(i + 1, Half.PAST));
            }
        }
        return Optional.empty();
    }

    /** Half hours since twelve, 0 to 23. */
    int halfHours() {
        return 2 * (hour % 12) + (half == Half.PAST ? 1 : 0);
    }

    /** {@code three o'clock} or {@code three-thirty}. */
    String words() {
        return HOURS.get(hour - 1) + (half == Half.PAST ? THIRTY : O_CLOCK);
    }

    /** {@code 3 o'clock} or {@code half past three}. */
    String otherWords() {
        return half == Half.PAST ? "half past " + HOURS.get(hour - 1) : hour + O_CLOCK;
    }

    /** {@code 3:00} or {@code 3:30}. */
    String digits() {
        return hour + (half == Half.PAST ? ":30" : ":00");
    }
}
