package dev.nextstep.workflow.batch;

import java.io.IOException;
import java.util.List;

/** What draws pictures of a plan and writes their files. */
public interface PictureSource {
    /** Takes what became of a picture. */
    @FunctionalInterface
    interface Sink {
        /** Called once for each picture, on the thread of {@link PictureSource#draw}, when its files are on disk. */
        void accept(PictureRecord record) throws IOException;
    }

    /**
     * Draws all of them.
     *
     * @param left in the order in which they should be begun
     * @throws IOException if files cannot be written, or by the sink
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    void draw(List<PlannedPicture> left, Sink sink) throws IOException;
}
