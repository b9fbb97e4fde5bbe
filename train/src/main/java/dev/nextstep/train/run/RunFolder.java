package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.DataFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * The folder of a run: everything that it needs to go on and everything that it made.
 *
 * <pre>
 * run.json               kind of run, when and by what it was made
 * recipe.yaml            the recipe as it was given, overrides applied
 * lock                   held by the process that trains
 * checkpoints/           {@link CheckpointStore}
 * metrics.jsonl          one line per measurement
 * tensorboard/           event files
 * samples/step-000012000/
 * report.html
 * model/                 what it ends in
 * </pre>
 */
public final class RunFolder {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORMAT = 1;

    private final Path root;

    private RunFolder(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder of a new run.
     *
     * @param root does not exist yet, or is an empty folder
     * @param kind of run, such as {@code tokenizer} or {@code transformer}
     * @param recipe text of the recipe, overrides applied
     * @throws RunException if there is something already, or it cannot be written
     */
    public static RunFolder create(Path root, String kind, String recipe) {
        try {
            Files.createDirectories(root);
            try (var entries = Files.list(root)) {
                if (entries.findAny().isPresent()) {
                    throw new RunException(
                            "%s is not empty; name another folder, or resume the run that is in it".formatted(root));
                }
            }
            DataFiles.write(root.resolve("recipe.yaml"), recipe);
            var run = MAPPER.createObjectNode();
            run.put("format", FORMAT);
            run.put("kind", kind);
            run.put("created", Instant.now().toString());
            // Last: a folder with this file is a run.
            DataFiles.write(
                    root.resolve("run.json"),
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n");
            return new RunFolder(root);
        } catch (IOException e) {
            throw new RunException("run folder %s cannot be made: %s".formatted(root, e.getMessage()), e);
        }
    }

    /**
     * Opens the folder of a run.
     *
     * @throws RunException if it is none
     */
    public static RunFolder open(Path root) {
        Path file = root.resolve("run.json");
        if (!Files.isRegularFile(file)) {
            throw new RunException("%s is not the folder of a run: it has no run.json".formatted(root));
        }
        var folder = new RunFolder(root);
        int format = folder.description().path("format").asInt(-1);
        if (format != FORMAT) {
            throw new RunException("%s has format %d, this program reads format %d".formatted(file, format, FORMAT));
        }
        return folder;
    }

    private com.fasterxml.jackson.databind.JsonNode description() {
        Path file = root.resolve("run.json");
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new RunException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Kind of run, as it was created. */
    public String kind() {
        return description().path("kind").asText();
    }

    /** The recipe it was created with. */
    public String recipe() {
        try {
            return Files.readString(recipeFile(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RunException("%s cannot be read: %s".formatted(recipeFile(), e.getMessage()), e);
        }
    }

    /**
     * Takes the run for this process until the lock is closed.
     *
     * @throws RunException if another has it; the message says which
     */
    public RunLock lock() {
        return RunLock.take(root.resolve("lock"));
    }

    /** The folder itself. */
    public Path root() {
        return root;
    }

    /** The copy of the recipe. */
    public Path recipeFile() {
        return root.resolve("recipe.yaml");
    }

    /** Its checkpoints. */
    public CheckpointStore checkpoints() {
        return new CheckpointStore(root.resolve("checkpoints"));
    }

    /** The log of measurements. */
    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    /** Folder of event files. */
    public Path tensorBoard() {
        return root.resolve("tensorboard");
    }

    /** Folder of pictures drawn at all steps. */
    public Path samples() {
        return root.resolve("samples");
    }

    /** Folder of pictures drawn at a step. */
    public Path samples(long step) {
        return samples().resolve(String.format(Locale.ROOT, "step-%09d", step));
    }

    /** The report. */
    public Path report() {
        return root.resolve("report.html");
    }

    /** The model directory that the run ends in. */
    public Path model() {
        return root.resolve("model");
    }
}
