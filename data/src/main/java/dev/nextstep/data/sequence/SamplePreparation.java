package dev.nextstep.data.sequence;

import dev.nextstep.data.ImageTags;
import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.caption.CaptionChooser;
import dev.nextstep.prompt.Grid;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * From a sample to its token sequence: choice of the caption, changes of its marks, order, window, tokens. Everything random
 * is a function of the seed, the sample's key and the number of the draw, so a sequence can be made again at any time.
 *
 * <p>Thread-safe.
 */
public final class SamplePreparation {
    private final SequenceBuilder builder;
    private final PreparationSettings settings;
    private final CaptionChooser chooser;
    private final DropText dropText;

    /**
     * A sequence and the pictures that belong into it.
     *
     * @param caption the text as it was trained, with marks
     * @param sequence the tokens
     * @param pictures for each of the sequence's pictures the number of the sample's picture
     */
    public record Prepared(String caption, TokenSequence sequence, List<Integer> pictures) {
        /** Copies the list. */
        public Prepared {
            pictures = List.copyOf(pictures);
        }
    }

    /** A preparation with these settings. */
    public SamplePreparation(SequenceBuilder builder, PreparationSettings settings) {
        this.builder = builder;
        this.settings = settings;
        this.chooser = new CaptionChooser(settings.captions());
        this.dropText = new DropText(settings.seed(), settings.dropTextProbability());
    }

    /**
     * The sequence of a sample.
     *
     * @param draw how many samples were drawn before: another number, other choices
     * @param grids sizes of the sample's pictures in tokens, in the order of their numbers
     * @return empty if the sample has no usable caption, or its chosen caption names a picture that it lacks
     */
    public Optional<Prepared> prepare(Sample sample, long draw, List<Grid> grids) {
        var random = new KeyedRandom(settings.seed(), draw, KeyedRandom.of(sample.key()));
        var chosen = chooser.choose(sample, random);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        String caption = settings.tags().apply(sample.kind(), chosen.get(), random);
        return switch (sample.kind()) {
            case TEXT -> Optional.of(new Prepared(caption, builder.text(caption), List.of()));
            case IMAGE_TEXT ->
                Optional.of(new Prepared(
                        caption, builder.imageText(caption, grids.getFirst(), dropText.order(draw)), List.of(0)));
            case EDIT, INTERLEAVED -> marked(sample.kind(), caption, grids, random);
        };
    }

    private Optional<Prepared> marked(SampleKind kind, String caption, List<Grid> grids, KeyedRandom random) {
        var numbers = ImageTags.numbers(caption);
        if (numbers.isEmpty() || numbers.stream().anyMatch(n -> n >= grids.size())) {
            return Optional.empty();
        }
        var marks = numbers.stream().map(grids::get).toList();
        if (kind == SampleKind.EDIT) {
            return Optional.of(new Prepared(caption, builder.edit(caption, marks), numbers));
        }
        var window = PictureWindow.within(settings.maxPictures(), numbers.size(), random);
        var kept = IntStream.range(window.first(), window.first() + window.count())
                .mapToObj(numbers::get)
                .toList();
        return Optional.of(new Prepared(caption, builder.interleaved(caption, marks, window), kept));
    }
}
