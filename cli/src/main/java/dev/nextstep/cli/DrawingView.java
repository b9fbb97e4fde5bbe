package dev.nextstep.cli;

import dev.nextstep.DrawingListener;
import dev.nextstep.PartialPicture;
import dev.nextstep.Progress;
import dev.nextstep.cli.terminal.ContactSheet;
import dev.nextstep.cli.terminal.PictureDisplay;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.SheetCell;
import dev.nextstep.cli.terminal.SheetLayout;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.image.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the person at the terminal sees of a drawing: progress over all pictures, and pictures that grow if they are wanted.
 * Elsewhere than on a terminal short work says nothing.
 */
final class DrawingView implements DrawingListener, AutoCloseable {
    /** Pictures of a preview; more would be too small to see. */
    private static final int MOST_SHOWN = 16;
    /** Decoding unfinished pictures may take this part of the time. */
    private static final int DECODING_SHARE = 5;

    private static final long SHORT_NANOS = 5_000_000_000L;
    private static final byte UNPAINTED = (byte) 0xC0;

    /** Whether growing pictures are shown. */
    enum Preview {
        /** They are, if the terminal can. */
        ON,
        /** They are not. */
        OFF
    }

    private final TerminalInfo terminal;
    private final TerminalOutput output;
    private final PictureDisplay display;
    private final Preview preview;
    private final int pictures;
    private final long began = System.nanoTime();
    private int finished;
    private int group;
    private @Nullable ProgressBar bar;
    private final SortedMap<Integer, Pixels> shown = new TreeMap<>();
    private boolean skipping;
    private long lastDecoded = began;
    private long decodingTook;

    /**
     * A view of some pictures.
     *
     * @param pictures how many there will be
     * @param output to standard error
     */
    DrawingView(int pictures, Preview preview, TerminalInfo terminal, TerminalOutput output) {
        this.pictures = pictures;
        this.preview = preview;
        this.terminal = terminal;
        this.output = output;
        this.display = PictureDisplay.of(terminal, StandardStream.ERR, output);
    }

    /** The next pictures are drawn together. */
    void beginGroup(int size) {
        group = size;
        shown.clear();
        display.settle();
    }

    /** The pictures of the group are done. */
    void endGroup(List<Pixels> done) {
        finished += done.size();
        if (isShowing()) {
            display.show(sheet(done.subList(0, Math.min(done.size(), MOST_SHOWN))));
            display.settle();
            redraw();
        }
    }

    @Override
    public void progress(Progress progress) {
        if (progress.stage() == Progress.Stage.READING) {
            return;
        }
        var current = bar;
        if (current == null) {
            current = ProgressBar.start(
                    "drawing",
                    ProgressUnit.TOKENS,
                    OptionalLong.of((long) progress.totalTokens() * pictures),
                    terminal,
                    output);
            bar = current;
        }
        current.update((long) progress.totalTokens() * finished + (long) progress.tokens() * group);
    }

    @Override
    public void partial(PartialPicture partial) {
        long now = System.nanoTime();
        if (!isShowing() || partial.position() >= shownOfGroup()) {
            return;
        }
        // The pictures of one row come one after the other: the first decides for all.
        if (partial.position() == 0 && now - lastDecoded < DECODING_SHARE * decodingTook) {
            skipping = true;
        } else if (partial.position() == 0) {
            skipping = false;
            decodingTook = 0;
        }
        if (skipping) {
            return;
        }
        var pixels = partial.pixels();
        shown.put(partial.position(), grown(pixels, pixels.height() / partial.finishedRows() * partial.rows()));
        lastDecoded = System.nanoTime();
        decodingTook += lastDecoded - now;
        if (partial.position() == shownOfGroup() - 1) {
            display.show(sheet(List.copyOf(shown.values())));
            redraw();
        }
    }

    private int shownOfGroup() {
        return Math.min(group, MOST_SHOWN);
    }

    /** Makes room for lines of results where the bar stands. */
    void hideBar() {
        if (bar != null && terminal.isTerminal(StandardStream.ERR)) {
            output.write("\r\u001b[2K");
        }
    }

    /** Shows the bar again if there is more to come. */
    void redraw() {
        if (bar != null) {
            bar.redraw();
        }
    }

    private boolean isShowing() {
        return preview == Preview.ON && display.isVisible();
    }

    /** Finished rows above, grey where nothing is painted yet. */
    private static Pixels grown(Pixels rows, int height) {
        byte[] painted = rows.toBytes();
        var all = Arrays.copyOf(painted, 3 * rows.width() * height);
        Arrays.fill(all, painted.length, all.length, UNPAINTED);
        return Pixels.of(rows.width(), height, all);
    }

    private static Pixels sheet(List<Pixels> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : ContactSheet.of(
                        parts.stream().map(SheetCell::of).toList(),
                        new SheetLayout((int) Math.ceil(Math.sqrt(parts.size())), 1, 2, 12));
    }

    /** Everything is drawn: says so where there was something to see, and after long work. */
    void succeed() {
        if (bar != null && (terminal.isTerminal(StandardStream.ERR) || System.nanoTime() - began > SHORT_NANOS)) {
            bar.succeed();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
