package dev.nextstep.workflow.batch;

import java.util.regex.Pattern;

/**
 * The shape of a picture; its area is the model's or the preset's.
 *
 * @param width in any unit, such as 3 of 3:2
 * @param height in the same
 */
public record Shape(double width, double height) {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,5}(?:\\.[0-9]{1,5})?):([0-9]{1,5}(?:\\.[0-9]{1,5})?)");
    private static final double LONGEST = 16;

    /** Checks that it is a shape that a picture can have. */
    public Shape {
        if (!(width > 0 && height > 0) || width / height > LONGEST || height / width > LONGEST) {
            throw new IllegalArgumentException("a shape of %s to %s is no picture; sides may be as 1 to 16 at most"
                    .formatted(plain(width), plain(height)));
        }
    }

    /**
     * Reads such as 3:2.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Shape parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("aspect is '%s', expected such as 3:2".formatted(text));
        }
        return new Shape(Double.parseDouble(match.group(1)), Double.parseDouble(match.group(2)));
    }

    /** Such as 3:2. */
    @Override
    public String toString() {
        return plain(width) + ":" + plain(height);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
