package dev.nextstep.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training sample: a caption, pictures, and what else is known about them (spec §8.6).
 *
 * @param key name inside its shard, without dots and hyphens
 * @param kind what the sample is for
 * @param caption the text; {@code <image_0>}, {@code <image_1>}, … mark the places of the pictures, except in
 *     {@link SampleKind#IMAGE_TEXT}, where the one picture follows the caption, and {@link SampleKind#TEXT}
 * @param pictures the pictures in the order of their numbers
 * @param fields further values of the sample's JSON file (other captions, sizes, scores, labels): strings, numbers,
 *     booleans, lists and maps of such
 */
public record Sample(
        String key, SampleKind kind, String caption, List<EncodedPicture> pictures, Map<String, Object> fields) {
    /** Copies the lists; the fields keep their order. */
    public Sample {
        pictures = List.copyOf(pictures);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
