package dev.nextstep.cli.terminal;

/**
 * A picture as text for a terminal. Written with the cursor in the first column, it draws the picture from that line on and
 * leaves the cursor in the first column of the line below it.
 *
 * @param text what to write; empty if nothing is drawn
 * @param columns width in cells
 * @param rows height in cells; 0 if nothing is drawn
 */
public record Frame(String text, int columns, int rows) {
    /** Nothing. */
    public static final Frame NONE = new Frame("", 0, 0);
}
