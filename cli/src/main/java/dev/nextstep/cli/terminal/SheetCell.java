package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/**
 * One picture of a {@link ContactSheet}.
 *
 * @param caption a short line below it; may be empty
 */
public record SheetCell(Pixels picture, String caption) {
    /** A picture without a caption. */
    public static SheetCell of(Pixels picture) {
        return new SheetCell(picture, "");
    }
}
