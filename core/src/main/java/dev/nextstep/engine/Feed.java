package dev.nextstep.engine;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Positions that a conversation wants to be read: by the next passes, beside everything else. */
final class Feed {
    /** What the conversation needs afterwards. */
    enum Wanted {
        /** The hidden state of the last position. */
        HIDDEN,
        /** The scores of the next text token too. */
        SCORES
    }

    /**
     * The answer.
     *
     * @param hidden hidden state of the last position [hidden]
     * @param scores of the next text token [vocabulary]; empty if they were not wanted
     */
    record Answer(float[] hidden, float[] scores) {}

    private final Sequence sequence;
    private final float[] inputs;
    private final int count;
    private final int before;
    private final Wanted wanted;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private float[] lastHidden = {};
    private int read;

    Feed(Sequence sequence, float[] inputs, int count, Wanted wanted) {
        this.sequence = sequence;
        this.inputs = inputs;
        this.count = count;
        this.before = sequence.length();
        this.wanted = wanted;
    }

    Sequence sequence() {
        return sequence;
    }

    Wanted wanted() {
        return wanted;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    int left() {
        return count - read;
    }

    float[] next(int some) {
        int hidden = inputs.length / count;
        return Arrays.copyOfRange(inputs, read * hidden, (read + some) * hidden);
    }

    /** The next positions are read; the hidden state of the last of them. */
    void advance(int some, float[] hidden) {
        read += some;
        lastHidden = hidden;
    }

    float[] lastHidden() {
        return lastHidden;
    }

    /** All is read. */
    void answer(float[] scores) {
        answer.complete(new Answer(lastHidden, scores));
    }

    /** Leaves the sequence as it was, unless all went well before. */
    void fail(Throwable why) {
        if (answer.isDone()) {
            return;
        }
        if (sequence.length() > before) {
            sequence.truncate(before);
        }
        answer.completeExceptionally(why);
    }
}
