package dev.nextstep.data;

import java.util.HashSet;
import java.util.Optional;

/** What makes a sample complete for its kind (spec §8.2, §8.6). */
public final class SampleRules {
    private SampleRules() {}

    /** What is wrong with a sample; empty if nothing is. */
    public static Optional<String> problem(Sample sample) {
        int pictures = sample.pictures().size();
        return switch (sample.kind()) {
            case TEXT ->
                pictures > 0 ? Optional.of("a text sample has no pictures, but here are " + pictures) : caption(sample);
            case IMAGE_TEXT ->
                pictures == 1
                        ? caption(sample)
                        : Optional.of("a captioned picture has exactly one picture, but here are " + pictures);
            case EDIT ->
                pictures >= 2
                        ? tags(sample)
                        : Optional.of("an edit has at least two pictures, source and target, but here are " + pictures);
            case INTERLEAVED ->
                pictures >= 1
                        ? tags(sample)
                        : Optional.of("an interleaved sample has at least one picture, but none is here");
        };
    }

    private static Optional<String> caption(Sample sample) {
        boolean another = sample.fields().keySet().stream().anyMatch(k -> k.startsWith("caption"));
        return sample.caption().isBlank() && !another ? Optional.of("its caption is empty") : Optional.empty();
    }

    private static Optional<String> tags(Sample sample) {
        int pictures = sample.pictures().size();
        var named = new HashSet<>(ImageTags.numbers(sample.caption()));
        for (int number : named) {
            if (number >= pictures) {
                return Optional.of(
                        "the caption names <image_%d>, but there are %d pictures".formatted(number, pictures));
            }
        }
        if (named.size() < pictures) {
            int missing = 0;
            while (named.contains(missing)) {
                missing++;
            }
            return Optional.of(
                    "there are %d pictures, but the caption does not name <image_%d>".formatted(pictures, missing));
        }
        return Optional.empty();
    }
}
