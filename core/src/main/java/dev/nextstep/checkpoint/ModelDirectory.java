package dev.nextstep.checkpoint;

import dev.nextstep.tensor.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in the directory layout of the Hugging Face hub (spec §2.1): {@code config.json}, weights in one or several
 * safetensors files, or quantised in {@value #GGUF}, tokenizer files, and the image tokenizer in a folder of its own.
 *
 * <p>Opening reads the configuration and the headers; the weights are mapped. The image tokenizer is opened when it is
 * first asked for. Where it is: {@code vae_name_or_path}, default {@code vae/}. A relative path must stay inside the
 * directory; an absolute one is taken if it is a folder that exists. Otherwise (a hub name, a path of the machine that
 * trained the model) {@code vae/} is taken and a warning says so. Safe for use by several threads.
 */
public final class ModelDirectory implements AutoCloseable {
    /** Name of the file that holds weights in block formats. */
    public static final String GGUF = "model.gguf";

    private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
    private static final List<String> WEIGHTS =
            List.of("model.safetensors.index.json", "model.safetensors", "pytorch_model.bin", GGUF);
    private static final int NAMES_IN_WARNING = 8;

    private final Path directory;
    private final ModelConfig config;
    private final OpenedWeights weights;
    private final TrackedTensors tensors;
    private final AtomicBoolean reported = new AtomicBoolean();
    private @Nullable VaeDirectory vae;
    private @Nullable String hash;

    private ModelDirectory(Path directory, ModelConfig config, OpenedWeights weights, TrackedTensors tensors) {
        this.directory = directory;
        this.config = config;
        this.weights = weights;
        this.tensors = tensors;
    }

    /**
     * Opens a model directory.
     *
     * @throws CheckpointException if the directory, its configuration or its weights are missing or damaged
     */
    public static ModelDirectory open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw CheckpointException.of(
                    directory, Files.exists(directory) ? "is not a directory" : "no such directory");
        }
        var configFile = directory.resolve("config.json");
        var reader = new ModelConfigReader(configFile, Json.readText(configFile, ModelConfigReader.MAX_BYTES));
        var config = reader.read();
        var weights = OpenedWeights.open(weightsFile(directory));
        try {
            var tensors = new TrackedTensors(weights.source(), TensorNames::model, UnaryOperator.identity());
            return new ModelDirectory(directory, reader.reconcile(config, tensors.untracked()), weights, tensors);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static Path weightsFile(Path directory) {
        return WEIGHTS.stream()
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() ->
                        CheckpointException.of(directory, "has no weights, expected one of the files " + WEIGHTS));
    }

    /** The directory that was opened. */
    public Path directory() {
        return directory;
    }

    /** The configuration, with what the file leaves open decided by the tensors. */
    public ModelConfig config() {
        return config;
    }

    /** Language model, projectors and flow head, under the names of spec §2.2 without prefix. */
    public TrackedTensors tensors() {
        return tensors;
    }

    /**
     * The image tokenizer, opened on the first call; this directory closes it.
     *
     * @throws CheckpointException if it is missing or damaged
     */
    public synchronized VaeDirectory vae() {
        var opened = vae;
        if (opened == null) {
            opened = VaeDirectory.open(vaePlace());
            vae = opened;
        }
        return opened;
    }

    private Path vaePlace() {
        var standard = directory.resolve("vae");
        String given = config.vaeLocation().orElse("vae");
        if (given.isEmpty() || given.length() > 4096 || given.chars().anyMatch(Character::isISOControl)) {
            throw CheckpointException.of(
                    directory.resolve("config.json"),
                    "key 'vae_name_or_path' is not a path: " + CheckpointException.quote(given));
        }
        var place = directory.resolve(given).normalize();
        boolean relative = !Path.of(given).isAbsolute();
        if (relative && !place.startsWith(directory.normalize())) {
            throw CheckpointException.of(
                    directory.resolve("config.json"),
                    "key 'vae_name_or_path' is %s: a relative path must stay inside the directory"
                            .formatted(CheckpointException.quote(given)));
        }
        if (Files.exists(place) || !Files.isDirectory(standard)) {
            return place;
        }
        LOG.warn("{}: no folder {}, taking vae/ instead", directory, CheckpointException.quote(given));
        return standard;
    }

    /**
     * The tokenizer's {@code tokenizer.json}.
     *
     * @throws CheckpointException if it is not there
     */
    public Path tokenizerFile() {
        var file = directory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw CheckpointException.of(file, "no such file; copy it from the model's repository");
        }
        return file;
    }

    /**
     * Warns, once and in one line, about tensors that nobody has asked for: call it when the model has been built. Not
     * counted are the LM head (pictures do not need it), recomputed rotary frequencies, and {@code gen_pos_embed} while
     * its flag is off.
     */
    public void reportUnused() {
        if (reported.getAndSet(true)) {
            return;
        }
        var unknown =
                tensors.unusedNames().stream().filter(n -> !isExpendable(n)).toList();
        if (!unknown.isEmpty()) {
            var shown = unknown.stream()
                    .limit(NAMES_IN_WARNING)
                    .map(CheckpointException::quote)
                    .toList();
            LOG.warn(
                    "{}: {} tensors are not used: {}{}",
                    directory,
                    unknown.size(),
                    String.join(", ", shown),
                    unknown.size() > NAMES_IN_WARNING ? ", …" : "");
        }
    }

    private boolean isExpendable(String name) {
        return name.endsWith("rotary_emb.inv_freq")
                || name.equals("lm_head.weight")
                || (name.equals("gen_pos_embed") && config.positionGrid().isEmpty());
    }

    /**
     * A hash that changes with any name, type, shape or value of language model or image tokenizer, in 64 hexadecimal
     * digits; it does not depend on sharding. The first call reads all weights, on all processors.
     */
    public synchronized String weightsHash() {
        var known = hash;
        if (known == null) {
            known = WeightsHash.of(
                    List.<TensorSource>of(tensors.untracked(), vae().tensors().untracked()));
            hash = known;
        }
        return known;
    }

    /** Unmaps all weights. */
    @Override
    public synchronized void close() {
        weights.close();
        if (vae != null) {
            vae.close();
        }
    }
}
