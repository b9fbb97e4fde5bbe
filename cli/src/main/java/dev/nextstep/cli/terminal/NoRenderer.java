package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/** Draws nothing: no terminal, or no pictures wanted. */
public record NoRenderer() implements PictureRenderer {
    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        return Frame.NONE;
    }
}
