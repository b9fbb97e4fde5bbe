package dev.nextstep.cli;

import dev.nextstep.RequestBuilder;
import dev.nextstep.flow.Sampler;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of all commands that draw; what is not given is the model's default. */
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

    /** Reads the name of a sampler. */
    static final class SamplerConverter implements ITypeConverter<Sampler> {
        @Override
        public Sampler convert(String value) {
            try {
                return Sampler.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Width and height in pixels, multiples of 16.")
    private @Nullable Size size;

    @Option(names = "--steps", paramLabel = "N", description = "Sampling steps of each image token.")
    private @Nullable Integer steps;

    @Option(names = "--guidance", paramLabel = "SCALE", description = "How closely to follow the words, 1 for none.")
    private @Nullable Float guidance;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = SamplerConverter.class,
            description = "s1, s2, sde, cps, ode, heun or midpoint.")
    private @Nullable Sampler sampler;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Any 64-bit number; the same request and seed give the same picture. Random if not given.")
    private @Nullable Long seed;

    void apply(RequestBuilder<?> builder) {
        if (size != null) {
            builder.size(size.width, size.height);
        }
        if (steps != null) {
            builder.steps(steps);
        }
        if (guidance != null) {
            builder.guidanceScale(guidance);
        }
        if (sampler != null) {
            builder.sampler(sampler);
        }
        if (seed != null) {
            builder.seed(seed);
        }
    }
}
