package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/** Sixel graphics with 256 colours chosen for each picture; those of a picture that has fewer stay as they are. */
public record SixelRenderer() implements PictureRenderer {
    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        Pixels fitted = PictureFit.toPixels(pixels, size);
        int rows = PictureFit.rowsOf(fitted, size);
        return new Frame(Ansi.inRoomOf(rows, SixelEncoder.encode(fitted)), PictureFit.columnsOf(fitted, size), rows);
    }
}
