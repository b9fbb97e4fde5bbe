package dev.nextstep.workflow.batch;

/** Follows a batch; called on the thread that runs it. */
public interface BatchListener {
    /** Listens to nothing. */
    BatchListener NONE = new BatchListener() {};

    /**
     * Called when pictures are done before, once.
     *
     * @param found pictures that an earlier run left, files and all
     * @param total pictures of the batch
     */
    default void resumed(int found, int total) {}

    /**
     * Called after each picture.
     *
     * @param record what became of it
     * @param finished pictures that are done or given up
     * @param total pictures of the batch
     */
    default void finished(PictureRecord record, int finished, int total) {}

    /** Called when a picture is not good enough, or could not be drawn, and is tried again. */
    default void again(PlannedPicture picture, String reason) {}
}
