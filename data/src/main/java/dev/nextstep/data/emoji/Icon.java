package dev.nextstep.data.emoji;

/**
 * One drawing of a package.
 *
 * @param name its name there
 * @param body SVG elements without the enclosing {@code svg} element
 * @param width width of the view box, above 0
 * @param height height of the view box, above 0
 */
public record Icon(String name, String body, double width, double height) {
    /** Checks the size. */
    public Icon {
        if (!(width > 0 && height > 0 && width <= 4096 && height <= 4096)) {
            throw new IllegalArgumentException(
                    "icon " + name + " is " + width + " x " + height + ": expected sides above 0, at most 4096");
        }
    }

    /** The whole document. */
    String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 "
                + width + " " + height + "\" width=\"" + width + "\" height=\"" + height + "\">" + body + "</svg>";
    }
}
