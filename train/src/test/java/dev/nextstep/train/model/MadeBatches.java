package dev.nextstep.train.model;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.data.vocabulary.VocabularyIds;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.train.recipe.ModelShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Made-up batches for small models.
 *
 * @param rows of a batch
 * @param length tokens of a row
 * @param copies of each learned token
 */
public record MadeBatches(int rows, int length, int copies) {
    private static final int VOCABULARY = 128;
    private static final int CHANNELS = 4;
    private static final SpecialTokens SPECIAL = new SpecialTokens(1, 2, 3, 4, 5, 6, OptionalInt.empty());

    /** A model that takes them, with heads of 8 numbers. */
    public ModelConfig config(int hidden, int layers) {
        String json = new ModelShape(hidden, layers, hidden / 8, hidden / 16, 8, 2 * hidden, hidden, 1, 2, 1024, 1e4)
                .configJson(new VocabularyIds(VOCABULARY, SPECIAL), CHANNELS, copies, 0.5, 1);
        return ModelConfig.parse(Path.of("test"), json);
    }

    /** Rows with nothing, text, pictures or both. */
    public TrainingBatch batch(Random random, boolean segmented) {
        var ids = random.longs((long) rows * length, 10, VOCABULARY).toArray();
        var labels = new long[ids.length];
        var segments = new int[segmented ? ids.length : 0];
        var slots = new ArrayList<Integer>();
        var learned = new ArrayList<Integer>();
        for (int i = 0; i < ids.length; i++) {
            int kind = i / length % 4;
            boolean image = kind >= 2 && i % length > 4 && random.nextBoolean();
            labels[i] = kind % 2 == 1 ? ids[i] : TrainingBatch.IGNORED;
            if (segmented) {
                segments[i] = i / 6;
            }
            if (image) {
                if (random.nextInt(3) > 0) {
                    learned.add(slots.size());
                }
                slots.add(i);
            }
        }
        var values = new float[slots.size() * width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new TrainingBatch(
                rows, length, ids, labels, ints(slots), values, values.clone(), ints(learned), segments);
    }

    private static int width() {
        return CHANNELS * 4;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Noise and times for a batch. */
    public FlowDraws draws(Random random, TrainingBatch batch) {
        int n = batch.learned().length * copies;
        var noise = new float[n * width()];
        var logits = new float[n];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < n; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        return new FlowDraws(
                IntStream.range(0, n).map(i -> i % batch.learned().length).toArray(), noise, logits);
    }
}
