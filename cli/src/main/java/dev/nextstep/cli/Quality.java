package dev.nextstep.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --quality} of the drawing commands says: that of JPEG files, or a preset. */
sealed interface Quality {
    /**
     * Of JPEG.
     *
     * @param value 1 to 100, not checked here
     */
    record Jpeg(int value) implements Quality {}

    /**
     * A preset.
     *
     * @param name see {@link QualityPresets}
     */
    record Preset(String name) implements Quality {}

    /** Reads it. */
    final class Converter implements ITypeConverter<Quality> {
        private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

        @Override
        public Quality convert(String value) {
            if (NUMBER.matcher(value).matches()) {
                return new Jpeg(Integer.parseInt(value));
            }
            if (NAME.matcher(value).matches()) {
                return new Preset(value);
            }
            throw new TypeConversionException(
                    "'%s' is neither a quality of JPEG, 1 to 100, nor the name of a preset".formatted(value));
        }
    }
}
