package dev.nextstep.data.emoji;

import dev.nextstep.data.SampleKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was written.
 *
 * @param samples number by split and kind
 * @param trainEdits edits in training by kind of edit
 * @param heldOutEdits held-out edits by kind of edit
 * @param symmetric mirror edits left out because the picture is its own mirror image
 */
public record WriteReport(
        Map<Split, Map<SampleKind, Integer>> samples,
        Map<EditKind, Integer> trainEdits,
        Map<EditKind, Integer> heldOutEdits,
        int symmetric) {
    /** Copies the maps. */
    public WriteReport {
        var copy = new EnumMap<Split, Map<SampleKind, Integer>>(Split.class);
        samples.forEach((split, kinds) -> copy.put(split, Collections.unmodifiableMap(new EnumMap<>(kinds))));
        samples = Collections.unmodifiableMap(copy);
        trainEdits = Map.copyOf(trainEdits);
        heldOutEdits = Map.copyOf(heldOutEdits);
    }

    /** Number of samples of a split and kind. */
    public int samples(Split split, SampleKind kind) {
        return samples.getOrDefault(split, Map.of()).getOrDefault(kind, 0);
    }
}
