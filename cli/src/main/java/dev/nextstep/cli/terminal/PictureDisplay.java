package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A picture on the terminal that can change in place, such as one that grows while it is made. The cursor stays on the line
 * below the picture, where a {@link ProgressBar} on the same {@link TerminalOutput} can stand. Whoever writes other lines
 * calls {@link #settle()} before: the picture then stays where it is, and the next one is drawn anew below.
 */
public final class PictureDisplay {
    private final PictureRenderer renderer;
    private final TerminalSize size;
    private final TerminalOutput output;
    private int pictureId;
    private @Nullable Pixels shown;
    private @Nullable Frame frame;

    /** A display with no picture yet. */
    public PictureDisplay(PictureRenderer renderer, TerminalSize size, TerminalOutput output) {
        this.renderer = renderer;
        this.size = size;
        this.output = output;
        pictureId = newId();
    }

    /** The display for a stream: one that draws nothing unless the stream goes to a terminal. */
    public static PictureDisplay of(TerminalInfo terminal, StandardStream stream, TerminalOutput output) {
        return new PictureDisplay(PictureRenderer.of(terminal, stream), terminal.size(), output);
    }

    /** Whether pictures are drawn at all; otherwise making previews is in vain. */
    public boolean isVisible() {
        return !(renderer instanceof NoRenderer);
    }

    /** Draws a picture, or replaces the one drawn before. The same picture again draws nothing. */
    public synchronized void show(Pixels pixels) {
        if (shown != null && pixels.equals(shown)) {
            return;
        }
        Frame next = renderer.render(pixels, size, pictureId);
        if (next.rows() == 0) {
            return;
        }
        Frame before = frame;
        String start;
        if (before == null) {
            start = Ansi.ERASE_LINE; // a progress line may stand there; it comes back below
        } else if (before.rows() == next.rows() && before.columns() == next.columns()) {
            start = Ansi.up(before.rows());
        } else {
            start = Ansi.up(before.rows()) + Ansi.ERASE_BELOW;
        }
        output.write(start + next.text());
        frame = next;
        shown = pixels;
    }

    /** Leaves the picture where it is; the next one is drawn as a new one. */
    public synchronized void settle() {
        frame = null;
        shown = null;
        pictureId = newId();
    }

    /** By chance, so that it is hardly the number of another process's picture on the same terminal. */
    private static int newId() {
        return ThreadLocalRandom.current().nextInt(1, 1 << 24);
    }
}
