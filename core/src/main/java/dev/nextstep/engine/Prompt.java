package dev.nextstep.engine;

import java.util.Arrays;

/** A row that is read once for all pictures that begin with it. Belongs to the engine's thread. */
final class Prompt {
    private final RowContent content;
    private final PromptShelf shelf;
    private final ModelBackend backend;
    private final Sequence sequence;
    private float[] embedded = {};
    private float[] lastHidden = {};
    private int read;
    private int users;

    /**
     * A prompt of which some is read already.
     *
     * @param sequence the first positions of the content, and memory for all
     */
    Prompt(RowContent content, PromptShelf shelf, ModelBackend backend, Sequence sequence) {
        this.content = content;
        this.shelf = shelf;
        this.backend = backend;
        this.sequence = sequence;
        this.read = sequence.length();
    }

    RowContent content() {
        return content;
    }

    Sequence sequence() {
        return sequence;
    }

    /** Whether the transformer has seen all of it. */
    boolean isRead() {
        return read == content.length();
    }

    /** Positions that are left to read. */
    int left() {
        return content.length() - read;
    }

    /** Embeddings of the next positions [count, hidden]. */
    float[] next(int count) {
        if (embedded.length == 0) {
            embedded = content.embed(backend);
        }
        int hidden = backend.hiddenSize();
        return Arrays.copyOfRange(embedded, read * hidden, (read + count) * hidden);
    }

    /** The next positions are read; the hidden state of the last one of them. */
    void advance(int count, float[] hidden) {
        read += count;
        lastHidden = hidden;
        if (isRead()) {
            embedded = new float[0];
        }
    }

    /** Hidden state of the last position [hidden], when all is read. */
    float[] lastHidden() {
        return lastHidden;
    }

    /** A sequence that goes on from here, with room for so many positions more. */
    Sequence fork(int more) {
        return sequence.fork(content.length() + more);
    }

    /** Positions that the transformer has seen. */
    int read() {
        return read;
    }

    /** Whether somebody has just asked for it first. */
    boolean isNew() {
        return users == 1 && !isRead();
    }

    void use() {
        users++;
    }

    void release() {
        users--;
        if (users == 0) {
            shelf.idle(this);
        }
    }
}
