package dev.nextstep.cli.terminal;

/** The escape sequences that are used, all understood by every terminal since the VT100 except the colours. */
final class Ansi {
    static final String ESC = "\u001b";
    static final String RESET = ESC + "[0m";
    /** From the first column to the end of the line. */
    static final String ERASE_LINE = "\r" + ESC + "[2K";
    /** From the cursor to the end of the line. */
    static final String ERASE_REST = ESC + "[K";
    /** From the cursor to the end of the screen. */
    static final String ERASE_BELOW = ESC + "[J";

    static final String SAVE_CURSOR = ESC + "7";
    static final String RESTORE_CURSOR = ESC + "8";

    private Ansi() {}

    /** The cursor up by whole lines, to the first column. */
    static String up(int lines) {
        return lines == 0 ? "\r" : "\r" + ESC + "[" + lines + "A";
    }

    /** The cursor down by whole lines, to the first column; stops at the bottom instead of scrolling. */
    static String down(int lines) {
        return lines == 0 ? "\r" : "\r" + ESC + "[" + lines + "B";
    }

    /**
     * Wraps what draws a picture of some rows somewhere below and right of the cursor: makes room first, because a terminal
     * that scrolls while it draws would move the picture, and ends on the line below the picture whatever the terminal
     * does with the cursor.
     */
    static String inRoomOf(int rows, String drawing) {
        return "\r" + "\n".repeat(rows) + up(rows) + SAVE_CURSOR + drawing + RESTORE_CURSOR + down(rows);
    }
}
