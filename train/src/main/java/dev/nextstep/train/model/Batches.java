package dev.nextstep.train.model;

import dev.nextstep.data.mix.Loaded;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import dev.nextstep.train.run.TrainingRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From rows to what a step computes on. */
final class Batches {
    /** Whether samples of a row see each other. */
    enum Visibility {
        /** All tokens before: the official way (spec §8.3). */
        WHOLE_ROW,
        /** Only those of the same sample. */
        OWN_SAMPLE
    }

    private final int tokenDimension;
    private final int patchSize;
    private final int pad;
    private final Visibility visibility;
    private final InputNoise noise;

    Batches(int tokenDimension, int patchSize, int pad, Visibility visibility, InputNoise noise) {
        this.tokenDimension = tokenDimension;
        this.patchSize = patchSize;
        this.pad = pad;
        this.visibility = visibility;
        this.noise = noise;
    }

    TrainingBatch of(List<PackedRow<Loaded<List<PictureTokens>>>> rows, long step, int part, TrainingRandom random) {
        int length = rows.stream().mapToInt(PackedRow::length).max().orElse(0);
        var ids = new long[rows.size() * length];
        var labels = new long[ids.length];
        var segments = new int[visibility == Visibility.OWN_SAMPLE ? ids.length : 0];
        Arrays.fill(ids, pad);
        Arrays.fill(labels, TrainingBatch.IGNORED);
        Arrays.fill(segments, -1);
        var slots = new ArrayList<Integer>();
        var learned = new ArrayList<Integer>();
        var targets = new ArrayList<float[]>();
        var inputs = new ArrayList<float[]>();
        int segment = 0;
        for (int r = 0; r < rows.size(); r++) {
            var row = rows.get(r);
            int start = r * length;
            for (int i = 0; i < row.length(); i++) {
                ids[start + i] = row.inputIds()[i];
                labels[start + i] = row.labels()[i];
            }
            for (var place : row.parts()) {
                if (segments.length > 0) {
                    Arrays.fill(segments, start + place.from(), start + place.to(), segment++);
                    labels[start + place.from()] = TrainingBatch.IGNORED; // what precedes it is not its own
                }
                for (int b = 0; b < place.pictures().size(); b++) {
                    var block = place.pictures().get(b);
                    var picture = place.owner().payload().get(b);
                    var input = picture.tokens().clone();
                    noise.add(
                            input,
                            picture.grid(),
                            patchSize,
                            random.stream(step, "input noise " + part, targets.size()));
                    for (int k = block.from(); k < block.to(); k++) {
                        if (block.trained()) {
                            learned.add(slots.size());
                        }
                        slots.add(start + k);
                    }
                    targets.add(picture.tokens());
                    inputs.add(input);
                }
            }
        }
        return new TrainingBatch(
                rows.size(),
                length,
                ids,
                labels,
                ints(slots),
                joined(inputs),
                joined(targets),
                ints(learned),
                segments);
    }

    /** Noise and times for each learned token, so many times. */
    FlowDraws draws(TrainingBatch batch, int copies, long step, int part, TrainingRandom random) {
        int n = batch.learned().length;
        var of = new int[n * copies];
        for (int i = 0; i < of.length; i++) {
            of[i] = i % n;
        }
        var values = new float[of.length * tokenDimension];
        var logits = new float[of.length];
        random.stream(step, "flow noise", part).normals(values);
        random.stream(step, "flow times", part).normals(logits);
        return new FlowDraws(of, values, logits);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] joined(List<float[]> parts) {
        var all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
