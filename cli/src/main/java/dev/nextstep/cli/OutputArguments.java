package dev.nextstep.cli;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.WriteOptions;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of all commands that draw: where pictures go, and what is said about them. */
final class OutputArguments {

    /** Reads the name of a picture format. */
    static final class FormatConverter implements ITypeConverter<PictureFormat> {
        @Override
        public PictureFormat convert(String value) {
            return switch (value.toLowerCase(java.util.Locale.ROOT)) {
                case "png" -> PictureFormat.PNG;
                case "jpg", "jpeg" -> PictureFormat.JPEG;
                case "webp" -> PictureFormat.WEBP;
                default ->
                    throw new TypeConversionException(
                            "'%s' is not a format; there are png, jpg and webp".formatted(value));
            };
        }
    }

    @Option(
            names = "--out",
            paramLabel = "NAME",
            description =
                    "File or folder to write to. Fields: {prompt} {seed} {index} {model} {date} {time} {width} {height}. "
                            + "Several pictures of one name get -1, -2, …; a name that is taken gets the next free number, "
                            + "except a name without fields for a single picture, which replaces the file.")
    private @Nullable String out;

    @Option(names = "--force", description = "Replace files that are there.")
    private boolean force;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            completionCandidates = Candidates.Formats.class,
            description = "png, jpg or webp (lossless); by default that of the name, else png.")
    private @Nullable PictureFormat format;

    @Option(
            names = "--quality",
            paramLabel = "N|PRESET",
            converter = Quality.Converter.class,
            completionCandidates = Candidates.Presets.class,
            description =
                    "A number is the quality of JPEG, 1 to 100 (default: 95); a name is a preset of size, steps and guidance: "
                            + "draft, standard, premium, educational, or one of nextstep.yaml (generate only).")
    private @Nullable Quality quality;

    @Option(
            names = "--no-metadata",
            description =
                    "Write no recipe into the pictures: nobody can read the prompt from them, or draw them again.")
    private boolean noMetadata;

    @Option(
            names = "--grid",
            paramLabel = "FILE",
            description = "Also write all pictures on one sheet, with prompt and seed below each.")
    private @Nullable Path grid;

    @Option(names = "--preview", description = "Show pictures in the terminal while they grow.")
    private boolean preview;

    @Option(names = "--json", description = "Print one JSON object per picture and line.")
    private boolean json;

    OutputNames names(String defaultName) {
        return OutputNames.of(
                out,
                defaultName,
                format,
                force ? OutputNames.Existing.REPLACE : OutputNames.Existing.KEEP,
                LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** How a picture with these texts is written. */
    WriteOptions writeOptions(Map<String, String> texts) {
        int ofJpeg = quality instanceof Quality.Jpeg jpeg ? jpeg.value() : WriteOptions.DEFAULT.quality();
        return new WriteOptions(ofJpeg, noMetadata ? Map.of() : texts);
    }

    /** Name of the preset that was asked for. */
    Optional<String> preset() {
        return quality instanceof Quality.Preset preset ? Optional.of(preset.name()) : Optional.empty();
    }

    boolean isForced() {
        return force;
    }

    @Nullable
    Path grid() {
        return grid;
    }

    boolean isPreviewed() {
        return preview;
    }

    boolean isJson() {
        return json;
    }
}
