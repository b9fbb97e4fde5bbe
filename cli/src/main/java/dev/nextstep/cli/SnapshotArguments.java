package dev.nextstep.cli;

import dev.nextstep.Drawing;
import dev.nextstep.DrawingListener;
import dev.nextstep.DrawingRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Snapshot;
import dev.nextstep.SnapshotException;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a drawing that does not come to its end is kept. */
final class SnapshotArguments {
    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "Where to keep the drawing if it is interrupted (Ctrl-C) or paused; "
                    + "`nextstep resume FILE` goes on with it.")
    private @Nullable Path file;

    @Option(
            names = "--pause-after",
            paramLabel = "ROW",
            description = "Draw only this many rows of tokens (16 pixels each) and write --snapshot.")
    private @Nullable Integer row;

    private boolean isWritten;

    /**
     * Refuses what contradicts itself, before the work.
     *
     * @throws IOException if there is no such folder
     */
    void check() throws IOException {
        if (row != null && file == null) {
            throw new IllegalArgumentException("--pause-after needs --snapshot FILE, which keeps the drawing");
        }
        if (file == null) {
            return;
        }
        TextFile.requireFolder(file);
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("--snapshot %s is a folder; name a file".formatted(file));
        }
        if (Files.exists(file)) {
            requireReplaceable(file);
        }
    }

    // What somebody named by mistake would be lost.
    private static void requireReplaceable(Path file) {
        try {
            Snapshot.read(file);
        } catch (SnapshotException e) {
            throw new IllegalArgumentException(
                    "--snapshot %s would replace a file that is no snapshot; choose another name".formatted(file), e);
        }
    }

    /** Whether there is a file, so that an interruption loses nothing. */
    boolean isKeeping() {
        return file != null;
    }

    /** Whether only the first rows are drawn. */
    boolean isPausing() {
        return row != null;
    }

    /** Whether the drawing is in the file. */
    boolean isWritten() {
        return isWritten;
    }

    /** Begins to draw all rows, or the first ones. */
    Drawing submit(NextStep opened, List<? extends DrawingRequest> requests, Cancellation cancellation) {
        return row == null ? opened.submit(requests, cancellation) : opened.submitRows(requests, row, cancellation);
    }

    /** Goes on up to the last row, or an earlier one. */
    Drawing submit(NextStep opened, Snapshot snapshot, Cancellation cancellation) {
        return row == null ? opened.submit(snapshot, cancellation) : opened.submitRows(snapshot, row, cancellation);
    }

    /**
     * Waits for the pictures, which are none if it pauses; keeps what is there if it pauses or is cancelled.
     *
     * @param out where a pause is told of
     * @param err where a cancellation is told of
     */
    List<Picture> await(Drawing drawing, DrawingListener listener, PrintWriter out, PrintWriter err) {
        List<Picture> pictures;
        try {
            pictures = drawing.await(listener);
        } catch (CancellationException e) {
            if (file != null) {
                write(drawing.pause(), file, err);
            }
            throw e;
        }
        if (row != null && file != null) {
            write(drawing.snapshot(), file, out);
        }
        return pictures;
    }

    private void write(Snapshot snapshot, Path target, PrintWriter to) {
        snapshot.write(target);
        isWritten = true;
        int pictures = snapshot.recipes().size();
        to.println("%s: %d picture%s, %d of %d rows; to go on: %s"
                .formatted(
                        target,
                        pictures,
                        pictures == 1 ? "" : "s",
                        snapshot.finishedRows(),
                        snapshot.rows(),
                        ShellText.of(List.of("./nextstep", "resume", target.toString()))));
        to.flush();
    }
}
