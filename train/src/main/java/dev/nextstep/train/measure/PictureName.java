package dev.nextstep.train.measure;

/**
 * Which picture of an emoji set.
 *
 * @param hexcode the glyph's code points, lower case, without {@code fe0f}
 * @param style the style's word, such as {@code noto}
 */
public record PictureName(String hexcode, String style) implements Comparable<PictureName> {
    /** Checks that both can stand in a file's name. */
    public PictureName {
        if (!hexcode.matches("[0-9a-f]+(-[0-9a-f]+)*") || !style.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "'%s', '%s' name no picture of an emoji set; such are '1f34e', 'noto'".formatted(hexcode, style));
        }
    }

    @Override
    public int compareTo(PictureName other) {
        int byStyle = style.compareTo(other.style);
        return byStyle != 0 ? byStyle : hexcode.compareTo(other.hexcode);
    }

    @Override
    public String toString() {
        return style + "/" + hexcode;
    }
}
