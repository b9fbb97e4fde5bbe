package dev.nextstep.cli;

import dev.nextstep.Arithmetic;
import dev.nextstep.OpenOptions;
import dev.nextstep.Recipe;
import dev.nextstep.engine.EngineLimits;
import dev.nextstep.flow.HeadType;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.KvType;
import dev.nextstep.transformer.RopeFrequencies;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
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

    /** Reads a type of the flow head. */
    static final class HeadConverter implements ITypeConverter<HeadType> {
        @Override
        public HeadType convert(String value) {
            try {
                return HeadType.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    /** Reads a type of keys and values. */
    static final class CacheConverter implements ITypeConverter<KvType> {
        @Override
        public KvType convert(String value) {
            try {
                return KvType.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "A model directory in the official layout, or org/model[@revision] as fetched by `nextstep pull`; "
                            + "the emoji model that comes with the program if not given.")
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
            description = "Precision of the rotary frequencies: fp32, or bf16 as in the official pipeline. "
                    + "By default that of --precision.")
    private @Nullable RopeFrequencies rope;

    @Option(
            names = "--head",
            paramLabel = "NAME",
            converter = HeadConverter.class,
            completionCandidates = Candidates.HeadTypes.class,
            description =
                    "How the flow head's matrices are kept in memory: stored (default), or q8 for 8.5 bits a weight, "
                            + "which changes pictures a little.")
    private @Nullable HeadType head;

    @Option(
            names = "--kv-cache",
            paramLabel = "NAME",
            converter = CacheConverter.class,
            completionCandidates = Candidates.CacheTypes.class,
            description = "How keys and values are kept in memory: fp32 (default), or bf16 or q8, which take a half "
                    + "or a quarter and change pictures a little.")
    private @Nullable KvType cache;

    @Option(
            names = "--low-memory",
            description =
                    "Use as little memory as there can be: keys and values in q8 unless --kv-cache says otherwise, pixels "
                            + "in strips, one picture at a time. Takes longer; what it sets is said.")
    private boolean lowMemory;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec user;

    private boolean isSaid;

    /** Whether as little memory as possible is to be used. */
    public boolean isLowMemory() {
        return lowMemory;
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

    /**
     * The directory, if none is given that of the model which a recipe names.
     *
     * @param file which holds the recipe, for messages
     */
    Path directoryOf(Recipe recipe, Path file) {
        if (name != null) {
            return directory();
        }
        String id = recipe.model().id();
        if (id.equals(String.valueOf(DefaultModel.directory().getFileName()))) {
            return DefaultModel.directory();
        }
        if (ModelLocator.reference(id).isPresent()) {
            return new ModelLocator(HubSettings.fromEnvironment()).find(id);
        }
        throw new IllegalArgumentException(
                "%s was drawn by a model in a folder '%s'; say where it is with --model".formatted(file, id));
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
            computing = base.withPrecision(precision).withRopeFrequencies(matching);
        }
        if (rope != null) {
            computing = computing.withRopeFrequencies(rope);
        }
        if (cache != null || lowMemory) {
            computing = computing.withCache(cache == null ? KvType.Q8 : cache);
        }
        if (head != null) {
            computing = computing.withHead(head);
        }
        var options = OpenOptions.DEFAULT.withArithmetic(computing);
        if (lowMemory) {
            options = options.withLimits(EngineLimits.LOW_MEMORY);
            sayLowMemory(computing.cache());
        }
        return threads == null ? options : options.withThreads(threads);
    }

    private void sayLowMemory(KvType type) {
        if (user == null || isSaid) {
            return;
        }
        isSaid = true;
        var err = user.commandLine().getErr();
        err.println("nextstep: low memory: keys and values in %s, pixels in strips of %s, one picture at a time"
                .formatted(type.name().toLowerCase(Locale.ROOT), Amounts.bytes(EngineLimits.LOW_MEMORY.codingBytes())));
        err.flush();
    }
}
