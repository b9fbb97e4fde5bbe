package dev.nextstep.cli;

import dev.nextstep.Drawing;
import dev.nextstep.DrawingListener;
import dev.nextstep.Picture;
import dev.nextstep.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a drawing that does not come to its end is kept. */
final class SnapshotArguments {
    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = {
                "Where to keep the drawing if it is interrupted (Ctrl-C) or paused;",
                "`nextstep resume FILE` goes on with it."
            })
    private @Nullable Path file;

    @Option(
            names = "--pause-after",
            paramLabel = "ROW",
            description = "Draw only this many rows of tokens (16 pixels each) and write --snapshot.")
    private @Nullable Integer row;

    /**
     * Refuses what contradicts itself, before the work.
     *
     * @throws IOException if there is no such folder
     */
    void check() throws IOException {
        if (row != null && file == null) {
            throw new IllegalArgumentException("--pause-after needs --snapshot FILE, which keeps the drawing");
        }
        if (file != null) {
            TextFile.requireFolder(file);
        }
    }

    /** Rows to draw, if not all. */
    OptionalInt row() {
        return row == null ? OptionalInt.empty() : OptionalInt.of(row);
    }

    /** Waits for the pictures; if they are cancelled, keeps what is there. */
    List<Picture> await(Drawing drawing, DrawingListener listener, PrintWriter err) {
        try {
            return drawing.await(listener);
        } catch (CancellationException e) {
            if (file != null) {
                write(drawing.snapshot(), err);
            }
            throw e;
        }
    }

    /** Writes a snapshot and says how to go on. */
    void write(Snapshot snapshot, PrintWriter to) {
        if (file == null) {
            throw new IllegalStateException("--snapshot was not checked");
        }
        snapshot.write(file);
        int pictures = snapshot.recipes().size();
        to.println("%s: %d picture%s, %d of %d rows; to go on: %s"
                .formatted(
                        file,
                        pictures,
                        pictures == 1 ? "" : "s",
                        snapshot.finishedRows(),
                        snapshot.rows(),
                        ShellText.of(List.of("./nextstep", "resume", file.toString()))));
        to.flush();
    }
}
