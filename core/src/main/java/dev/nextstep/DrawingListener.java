package dev.nextstep;

/** Follows a request. Called on the thread that waits for it; what it throws ends the request. */
public interface DrawingListener {
    /** Listens to nothing. */
    DrawingListener NONE = new DrawingListener() {};

    /** Called after the prompt is read, after each token, and at the end. */
    default void progress(Progress progress) {}

    /** Called when a row of tokens of every picture is finished, except the last, for each picture. */
    default void partial(PartialPicture partial) {}
}
