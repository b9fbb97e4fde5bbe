package dev.nextstep.train.model;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What the means of a batch's losses are taken over.
 *
 * @param textTokens labels that count
 * @param copies noisy copies of learned image tokens
 * @param imageTokens image tokens that are read
 */
record BatchCounts(int textTokens, int copies, int imageTokens) {
    static BatchCounts of(TrainingBatch batch, FlowDraws draws) {
        return new BatchCounts(predicting(batch).length, draws.learned().length, batch.slots().length);
    }

    /** Whether there is anything to learn. */
    boolean isEmpty() {
        return textTokens == 0 && copies == 0;
    }

    /** The places whose next token has a label and is not an image token: its placeholder may have one (spec §8.2). */
    static int[] predicting(TrainingBatch batch) {
        var image = new BitSet(batch.tokens());
        for (int slot : batch.slots()) {
            image.set(slot);
        }
        var places = new int[batch.tokens()];
        int n = 0;
        for (int i = 0; i + 1 < batch.tokens(); i++) {
            boolean text = batch.labels()[i + 1] != TrainingBatch.IGNORED && !image.get(i + 1);
            if (text && (i + 1) % batch.length() != 0) {
                places[n++] = i;
            }
        }
        return Arrays.copyOf(places, n);
    }
}
