package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.vae.Patchifier;
import java.nio.file.Path;

/**
 * An open model: configuration, files, text tokenizer, and the engine that computes it. Immutable; safe for use by several
 * threads. Closing it unmaps the weights, so nothing may be running.
 */
public final class LoadedModel implements AutoCloseable {
    private final ModelDirectory directory;
    private final BackendProvider provider;
    private final ModelBackend backend;
    private final TextTokenizer tokenizer;
    private final SpecialTokens special;
    private final GenerationPositions positions;
    private final Engine engine;
    private final EngineLimits limits;

    @SuppressWarnings("this-escape") // the engine keeps it and starts its thread with the first request
    private LoadedModel(ModelDirectory directory, LoadOptions options, ModelBackend backend) {
        this.directory = directory;
        this.provider = options.engine();
        this.backend = backend;
        var config = directory.config();
        this.positions = GenerationPositions.of(config, RoundedWeights.of(directory.tensors(), options.precision()));
        directory.reportUnused();
        this.tokenizer = TextTokenizer.read(directory.tokenizerFile());
        var ids = config.tokens();
        this.special = SpecialTokens.find(
                tokenizer,
                new SpecialTokens.Configured(
                        ids.endOfText(), ids.pad(), ids.beginOfImage(), ids.endOfImage(), ids.imagePlaceholder()));
        this.limits = options.limits();
        this.engine = new Engine(this, limits);
    }

    /**
     * Opens a model directory. Weights are mapped, not read.
     *
     * @throws dev.nextstep.checkpoint.CheckpointException if a file is missing or damaged
     * @throws dev.nextstep.tensor.TensorException if a tensor is missing or misshapen
     * @throws dev.nextstep.prompt.PromptException if the text tokenizer cannot be read
     */
    public static LoadedModel open(Path path, LoadOptions options) {
        var directory = ModelDirectory.open(path);
        ModelBackend backend = null;
        try {
            backend = options.engine().open(directory, options);
            return new LoadedModel(directory, options, backend);
        } catch (RuntimeException | Error e) {
            if (backend != null) {
                backend.close();
            }
            directory.close();
            throw e;
        }
    }

    /** How much it takes on at once. */
    public EngineLimits limits() {
        return limits;
    }

    /** The files. */
    public ModelDirectory directory() {
        return directory;
    }

    /** Shape and settings. */
    public ModelConfig config() {
        return directory.config();
    }

    /** The text tokenizer. */
    public TextTokenizer tokenizer() {
        return tokenizer;
    }

    /** Ids of special tokens. */
    public SpecialTokens special() {
        return special;
    }

    /** What draws: for all who use this model together. */
    public Engine engine() {
        return engine;
    }

    /** What computes. */
    public ModelBackend backend() {
        return backend;
    }

    /**
     * The parts of the engine of this module, for those who study them.
     *
     * @throws IllegalStateException if the model was opened with another engine
     */
    public CpuBackend cpu() {
        if (backend instanceof CpuBackend cpu) {
            return cpu;
        }
        throw new IllegalStateException(
                "the model is computed by engine '%s'; open it with engine '%s' to see its parts"
                        .formatted(provider.name(), CpuBackend.PROVIDER.name()));
    }

    /** Tokens ↔ latents. */
    public Patchifier patchifier() {
        return new Patchifier(config().patchSize());
    }

    /** Picture pixels per token along one side: 16 in the official models. */
    public int pixelsPerToken() {
        return directory.vae().config().downsampling() * config().patchSize();
    }

    /**
     * Returns if the model was made for a text that long. The official code does not ask, and computes positions that the
     * model never saw; a picture behind the text may still go beyond, as it does there.
     *
     * @param tokens how many
     * @param what names the text in the message
     * @throws IllegalArgumentException if it is too long
     */
    public void requirePositions(int tokens, String what) {
        int most = config().maxPositions();
        if (tokens > most) {
            throw new IllegalArgumentException(
                    "%s has %d tokens; this model reads at most %d (max_position_embeddings); shorten it"
                            .formatted(what, tokens, most));
        }
    }

    /**
     * Returns if a sequence of some tokens may grow by others.
     *
     * @param taken tokens of the sequence so far
     * @param more tokens to come
     * @param what is to come, for the message
     * @throws IllegalArgumentException if it would have more tokens than the model has positions
     */
    void requireRoom(int taken, int more, String what) {
        int most = config().maxPositions();
        if (taken + (long) more <= most) {
            return;
        }
        if (taken <= 1) { // nothing, or the mark of the beginning
            requirePositions(more, what);
        }
        throw new IllegalArgumentException(
                "the conversation has %d tokens and %s takes %d; this model reads at most %d (max_position_embeddings); begin a new one"
                        .formatted(taken, what, more, most));
    }

    GenerationPositions generationPositions() {
        return positions;
    }

    /** A new, empty conversation of text and pictures. */
    public Conversation conversation() {
        return new Conversation(this);
    }

    @Override
    public void close() {
        engine.close();
        backend.close();
        directory.close();
    }
}
