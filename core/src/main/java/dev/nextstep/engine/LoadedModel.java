package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.flow.FlowHead;
import dev.nextstep.flow.Projectors;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.transformer.LanguageHead;
import dev.nextstep.transformer.Transformer;
import dev.nextstep.vae.ImageTokenizer;
import dev.nextstep.vae.Patchifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open model: configuration, the parts over their mapped weights, and the threads they compute on. Immutable apart
 * from what is built on demand; safe for use by several threads. Closing it unmaps the weights, so nothing may be running.
 */
public final class LoadedModel implements AutoCloseable {
    private final ModelDirectory directory;
    private final ThreadTeam team;
    private final TextTokenizer tokenizer;
    private final SpecialTokens special;
    private final Transformer transformer;
    private final Projectors projectors;
    private final FlowHead flowHead;
    private final GenerationPositions positions;
    private final ImageTokenizer imageTokenizer;
    private final TensorSource weights;
    private final Precision precision;
    private @Nullable LanguageHead languageHead;

    private LoadedModel(ModelDirectory directory, LoadOptions options, ThreadTeam team) {
        this.directory = directory;
        this.team = team;
        this.precision = options.precision();
        var config = directory.config();
        this.weights =
                precision == Precision.REFERENCE_BF16 ? new RoundedWeights(directory.tensors()) : directory.tensors();
        this.transformer = new Transformer(config, weights, precision, options.ropeFrequencies());
        this.projectors = new Projectors(config, weights, precision);
        this.flowHead = new FlowHead(config, weights, precision);
        this.positions = GenerationPositions.of(config, weights);
        if (!config.tiedEmbeddings()) {
            languageHead = Transformer.languageHead(config, weights, precision);
        }
        var vae = directory.vae();
        var defaults = ImageTokenizer.Options.DEFAULT;
        this.imageTokenizer = ImageTokenizer.load(
                vae.config(),
                vae.tensors(),
                team,
                new ImageTokenizer.Options(precision, options.generation(), defaults.workingMemory()));
        directory.reportUnused();
        this.tokenizer = TextTokenizer.read(directory.tokenizerFile());
        var ids = config.tokens();
        this.special = SpecialTokens.find(
                tokenizer,
                new SpecialTokens.Configured(
                        ids.endOfText(), ids.pad(), ids.beginOfImage(), ids.endOfImage(), ids.imagePlaceholder()));
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
        ThreadTeam team = null;
        try {
            team = ThreadTeam.of(options.threads());
            return new LoadedModel(directory, options, team);
        } catch (RuntimeException | Error e) {
            if (team != null) {
                team.close();
            }
            directory.close();
            throw e;
        }
    }

    /** The files. */
    public ModelDirectory directory() {
        return directory;
    }

    /** Shape and settings. */
    public ModelConfig config() {
        return directory.config();
    }

    /** The threads that all parts compute on. */
    public ThreadTeam team() {
        return team;
    }

    /** The text tokenizer. */
    public TextTokenizer tokenizer() {
        return tokenizer;
    }

    /** Ids of special tokens. */
    public SpecialTokens special() {
        return special;
    }

    /** The transformer. */
    public Transformer transformer() {
        return transformer;
    }

    /** The maps between transformer and image tokens. */
    public Projectors projectors() {
        return projectors;
    }

    /** The flow-matching head. */
    public FlowHead flowHead() {
        return flowHead;
    }

    /** The image tokenizer (VAE). */
    public ImageTokenizer imageTokenizer() {
        return imageTokenizer;
    }

    /** Tokens ↔ latents. */
    public Patchifier patchifier() {
        return new Patchifier(config().patchSize());
    }

    /** Picture pixels per token along one side: 16 in the official models. */
    public int pixelsPerToken() {
        return imageTokenizer.config().downsampling() * config().patchSize();
    }

    /** The head that predicts text, built when first asked for. */
    public synchronized LanguageHead languageHead() {
        if (languageHead == null) {
            languageHead = Transformer.languageHead(config(), weights, precision);
        }
        return languageHead;
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
        team.close();
        directory.close();
    }
}
