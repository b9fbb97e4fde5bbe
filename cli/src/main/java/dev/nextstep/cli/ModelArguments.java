package dev.nextstep.cli;

import dev.nextstep.Arithmetic;
import dev.nextstep.OpenOptions;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.RopeFrequencies;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model, and how it computes. */
public final class ModelArguments {

    /** Reads a precision. */
    static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String value) {
            return switch (value) {
                case "fp32" -> Precision.FP32;
                case "reference-bf16" -> Precision.REFERENCE_BF16;
                default ->
                    throw new TypeConversionException(
                            "'%s' is not a precision; there are fp32 and reference-bf16".formatted(value));
            };
        }
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = {
                "A model directory in the official layout, or org/model[@revision] as fetched by `nextstep pull`;",
                "the emoji model that comes with the program if not given."
            })
    private @Nullable String name;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute on; all processors if not given.")
    private @Nullable Integer threads;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            converter = PrecisionConverter.class,
            completionCandidates = Candidates.Precisions.class,
            description = {
                "fp32 (default), or reference-bf16: the roundings of the official pipeline, for comparing with it."
            })
    private @Nullable Precision precision;

    @Option(
            names = "--rope",
            paramLabel = "NAME",
            completionCandidates = Candidates.Ropes.class,
            description = {
                "Precision of the rotary frequencies: fp32, or bf16 as in the official pipeline.",
                "By default that of --precision."
            })
    private @Nullable RopeFrequencies rope;

    /** Whether a model was named. */
    public boolean isGiven() {
        return name != null;
    }

    Path directory() {
        return directoryOr("");
    }

    /**
     * The folder of the model.
     *
     * @param otherwise name of the model if none was given: a folder, {@code org/model[@revision]}, or empty for the one that
     *     comes with the program
     * @throws dev.nextstep.checkpoint.CheckpointException if there is no such model; the message says how to fetch it
     */
    public Path directoryOr(String otherwise) {
        String wanted = name != null ? name : otherwise;
        return wanted.isEmpty()
                ? DefaultModel.directory()
                : new ModelLocator(HubSettings.fromEnvironment()).find(wanted);
    }

    /** Whether the number of threads was given. */
    public boolean isThreadsGiven() {
        return threads != null;
    }

    /** How it is to be opened. */
    public OpenOptions options() {
        return options(Arithmetic.DEFAULT);
    }

    /** The options, with this arithmetic where nothing else is asked for. */
    OpenOptions options(Arithmetic base) {
        var computing = base;
        if (precision != null) {
            var matching = precision == Precision.REFERENCE_BF16 ? RopeFrequencies.BF16 : RopeFrequencies.FP32;
            computing = new Arithmetic(precision, matching, base.generation());
        }
        if (rope != null) {
            computing = new Arithmetic(computing.precision(), rope, computing.generation());
        }
        var options = OpenOptions.DEFAULT.withArithmetic(computing);
        return threads == null ? options : options.withThreads(threads);
    }
}
