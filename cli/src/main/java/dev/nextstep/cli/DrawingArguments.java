package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.NextStep;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of all commands that draw; what is not given is the recipe's with --from, and else the model's default. */
final class DrawingArguments {

    /** A size such as 512x512. */
    record Size(int width, int height) {}

    /** Reads a size. */
    static final class SizeConverter implements ITypeConverter<Size> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,6})[xX×*](\\d{1,6})");

        @Override
        public Size convert(String value) {
            var match = FORM.matcher(value.strip());
            if (!match.matches()) {
                throw new TypeConversionException(
                        "'%s' is not a size; write WIDTHxHEIGHT in pixels, such as 512x512".formatted(value));
            }
            return new Size(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
    }

    /** The shape of a picture, width to height. */
    record Aspect(double width, double height) {}

    /** Reads a shape. */
    static final class AspectConverter implements ITypeConverter<Aspect> {
        private static final Pattern FORM =
                Pattern.compile("(\\d{1,5}(?:\\.\\d{1,5})?)(?:[:/xX](\\d{1,5}(?:\\.\\d{1,5})?))?");

        @Override
        public Aspect convert(String value) {
            var match = FORM.matcher(value.strip());
            if (match.matches()) {
                double width = Double.parseDouble(match.group(1));
                double height = match.group(2) == null ? 1 : Double.parseDouble(match.group(2));
                if (width > 0 && height > 0) {
                    return new Aspect(width, height);
                }
            }
            throw new TypeConversionException("'%s' is not a shape; write for example 3:2".formatted(value));
        }
    }

    @Option(names = "-n", paramLabel = "N", description = "Pictures for each seed, 1 to 4096 (default: 1).")
    private int count = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Any 64-bit number; the same request and seed give the same picture. Random if not given.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Several seeds: 1,2,3.")
    private List<Long> seeds = List.of();

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "Index of the first picture (default: 0): with -n 1 draws one picture of several again.")
    private @Nullable Integer index;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Width and height in pixels, multiples of 16.")
    private @Nullable Size size;

    @Option(
            names = "--aspect",
            paramLabel = "W:H",
            converter = AspectConverter.class,
            description = "Shape, such as 3:2: the nearest of 17 sizes of the model's area is taken.")
    private @Nullable Aspect aspect;

    @Mixin
    private final SamplingArguments sampling = new SamplingArguments();

    @Option(names = "--negative", paramLabel = "TEXT", description = "What the picture should not show.")
    private @Nullable String negative;

    @Option(names = "--positive", paramLabel = "TEXT", description = "Words that are added to the prompt.")
    private @Nullable String positive;

    @Option(
            names = "--from",
            paramLabel = "PICTURE",
            description = "Draw a picture again from the recipe in its file; every other option overrides the recipe. "
                    + "Pictures of other programs give what they have.")
    private @Nullable Path from;

    @Option(
            names = "--redraw-from",
            paramLabel = "ROW",
            description =
                    "With --from: the same picture with this many rows of tokens (16 pixels each), and from there on "
                            + "another end, by --seed (random if not given) and the other options.")
    private @Nullable Integer redrawnRow;

    @Nullable
    Path from() {
        return from;
    }

    /** Rows after which a picture is drawn anew. */
    OptionalInt redrawnRow() {
        return redrawnRow == null ? OptionalInt.empty() : OptionalInt.of(redrawnRow);
    }

    /** Whether a seed that was left open is not that of a recipe, but chosen by chance. */
    boolean isSeedRandom(boolean isKeptInPart) {
        return from == null || redrawnRow != null || isKeptInPart;
    }

    /**
     * How many pictures for each seed.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    int count() {
        if (count < 1 || count > 4096) {
            throw new IllegalArgumentException("-n must be between 1 and 4096, not " + count);
        }
        return count;
    }

    /** Whether the seed was left to chance or to a recipe. */
    boolean isSeedOpen() {
        return seed == null && seeds.isEmpty();
    }

    /**
     * The seeds of this command.
     *
     * @throws IllegalArgumentException if there are two kinds of them
     */
    List<Long> seeds(OptionalLong ofRecipe) {
        if (seed != null && !seeds.isEmpty()) {
            throw new IllegalArgumentException("--seed and --seeds: give one of them");
        }
        if (!seeds.isEmpty()) {
            return seeds;
        }
        return List.of(
                seed != null
                        ? seed
                        : ofRecipe.orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 32)));
    }

    /**
     * Index of the first picture; a recipe's counts while its seed does.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    int firstIndex(int ofRecipe) {
        int first = index != null ? index : isSeedOpen() ? ofRecipe : 0;
        if (first < 0 || first > Integer.MAX_VALUE - count()) {
            throw new IllegalArgumentException("--index must be 0 or more, not " + first);
        }
        return first;
    }

    /**
     * What is asked for.
     *
     * @param base of the recipe, or nothing at all
     * @param defaults of the model, for what depends on them
     * @throws IllegalArgumentException if options contradict each other
     */
    DrawingOptions options(DrawingOptions base, DrawingSettings defaults, NextStep model) {
        if (size != null && aspect != null) {
            throw new IllegalArgumentException("--size and --aspect: give one of them");
        }
        Integer width = base.width();
        Integer height = base.height();
        if (size != null) {
            width = size.width;
            height = size.height;
        } else if (aspect != null) {
            var chosen = model.sizeFor(aspect.width, aspect.height, defaults);
            width = chosen.width();
            height = chosen.height();
        }
        return sampling.options(
                base.withSize(width, height)
                        .withPrompts(
                                positive != null ? positive : base.positivePrompt(),
                                negative != null ? negative : base.negativePrompt()),
                defaults);
    }

    boolean hasIndex() {
        return index != null;
    }

    boolean hasAspect() {
        return aspect != null;
    }
}
