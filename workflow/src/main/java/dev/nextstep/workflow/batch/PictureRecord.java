package dev.nextstep.workflow.batch;

import java.util.List;
import java.util.Optional;

/**
 * What became of a picture of a batch: one line of the journal.
 *
 * @param index of the picture, from 0
 * @param files that were written; empty if it failed
 * @param attempts every try that was scored, in order
 * @param chosen index of the try that was kept; −1 if it failed
 * @param seconds from the beginning of its drawing, which others shared, to the end of its last try
 * @param failure why there is no picture
 */
public record PictureRecord(
        int index,
        List<WrittenFile> files,
        List<Attempt> attempts,
        int chosen,
        double seconds,
        Optional<String> failure) {
    /**
     * A file below the output folder.
     *
     * @param name with ending, / between folders
     * @param bytes its size
     * @param sha256 its content
     */
    public record WrittenFile(String name, long bytes, String sha256) {}

    /**
     * A try.
     *
     * @param seed of its random numbers
     * @param quality 0 to 1
     * @param keptRows rows of tokens that were taken over from the best try before; 0 if all of it was drawn
     */
    public record Attempt(long seed, double quality, int keptRows) {}

    /** Copies the lists. */
    public PictureRecord {
        files = List.copyOf(files);
        attempts = List.copyOf(attempts);
    }

    /** Whether there is a picture. */
    public boolean isDone() {
        return failure.isEmpty();
    }
}
