package dev.nextstep.data.caption;

import dev.nextstep.data.ImageTags;
import dev.nextstep.data.SampleKind;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Random changes of the marks in captions (spec §8.7). All probabilities are 0 to 1.
 *
 * @param tagsLast of an edit: all marks go to the end of the caption
 * @param dropOfTwo of an edit with two marks: the source picture is dropped, or the text, or both (the official code drops
 *     only the text for "both", spec §11 #40)
 * @param dropOfThree of an edit with three marks: the first picture is dropped with 0.3, the second with 0.7
 * @param tagsOnly of an interleaved sample: the text is dropped
 */
public record TagAugmentation(double tagsLast, double dropOfTwo, double dropOfThree, double tagsOnly) {
    /** No changes. */
    public static final TagAugmentation NONE = new TagAugmentation(0, 0, 0, 0);

    /** What the official runs do: 0.1, 0.2, 0.3, 0.1. */
    public static final TagAugmentation OFFICIAL = new TagAugmentation(0.1, 0.2, 0.3, 0.1);

    /** Share of dropped first pictures among three. */
    private static final double FIRST_OF_THREE = 0.3;

    /** Checks the ranges. */
    public TagAugmentation {
        for (double p : new double[] {tagsLast, dropOfTwo, dropOfThree, tagsOnly}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("probabilities must be in 0..1, got " + p);
            }
        }
    }

    /**
     * The caption after the changes. Marks keep their numbers, so those that remain still name their pictures; the last
     * mark, which is an edit's target, always remains.
     *
     * @param random decides; the same numbers give the same caption
     */
    public String apply(SampleKind kind, String caption, RandomGenerator random) {
        return switch (kind) {
            case TEXT, IMAGE_TEXT -> caption;
            case EDIT -> edit(caption, random);
            case INTERLEAVED -> random.nextDouble() < tagsOnly ? tags(ImageTags.numbers(caption)) : caption;
        };
    }

    private String edit(String caption, RandomGenerator random) {
        String text = caption;
        if (random.nextDouble() < tagsLast) {
            text = ImageTags.remove(caption) + tags(ImageTags.numbers(caption));
        }
        var numbers = ImageTags.numbers(text);
        if (numbers.size() == 2 && random.nextDouble() < dropOfTwo) {
            return switch (random.nextInt(3)) {
                case 0 -> withoutMark(text, 0);
                case 1 -> tags(numbers);
                default -> ImageTags.of(numbers.getLast());
            };
        }
        if (numbers.size() == 3 && random.nextDouble() < dropOfThree) {
            return withoutMark(text, random.nextDouble() < FIRST_OF_THREE ? 0 : 1);
        }
        return text;
    }

    private static String tags(List<Integer> numbers) {
        return numbers.stream().map(ImageTags::of).collect(Collectors.joining());
    }

    private static String withoutMark(String caption, int mark) {
        var out = new StringBuilder();
        int at = 0;
        for (var piece : ImageTags.split(caption)) {
            switch (piece) {
                case ImageTags.Text text -> out.append(text.text());
                case ImageTags.Tag tag -> {
                    if (at++ != mark) {
                        out.append(ImageTags.of(tag.picture()));
                    }
                }
            }
        }
        return out.toString();
    }
}
