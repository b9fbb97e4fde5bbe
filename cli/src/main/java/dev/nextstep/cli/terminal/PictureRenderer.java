package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;

/**
 * Turns pictures into what a kind of terminal draws. Stateless; {@link PictureDisplay} does the drawing. Small pictures are
 * enlarged by whole numbers, large ones reduced with a box filter, so that they fit the terminal with two lines to spare.
 */
public sealed interface PictureRenderer
        permits KittyRenderer, ItermRenderer, SixelRenderer, HalfBlockRenderer, TextRenderer, NoRenderer {

    /**
     * Renders a picture.
     *
     * @param size of the terminal
     * @param pictureId which picture this is, 1 to 2²⁴−1: on terminals that keep pictures by number, one drawn under the
     *     same number replaces the earlier one
     */
    Frame render(Pixels pixels, TerminalSize size, int pictureId);

    /** The renderer for a stream: one that draws nothing unless the stream goes to a terminal. */
    static PictureRenderer of(TerminalInfo terminal, StandardStream stream) {
        if (!terminal.isTerminal(stream)) {
            return new NoRenderer();
        }
        return switch (terminal.graphics()) {
            case KITTY -> new KittyRenderer();
            case ITERM -> new ItermRenderer();
            case SIXEL -> new SixelRenderer();
            case BLOCKS ->
                terminal.colors(stream) == ColorDepth.NONE || terminal.glyphs() == Glyphs.ASCII
                        ? new TextRenderer()
                        : new HalfBlockRenderer(terminal.colors(stream));
            case NONE -> new NoRenderer();
        };
    }
}
