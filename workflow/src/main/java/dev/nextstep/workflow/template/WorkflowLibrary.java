package dev.nextstep.workflow.template;

import dev.nextstep.data.DataException;
import dev.nextstep.workflow.config.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where workflows are: three that are built in, those of a folder {@value #FOLDER} that users fill, and any file.
 *
 * @param folder the user's
 */
public record WorkflowLibrary(Path folder) {
    /** Name of the user's folder below the current one. */
    public static final String FOLDER = "workflows";

    private static final List<String> BUILT_IN = List.of("brand", "marketing", "education");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String ENDING = ".yaml";

    /**
     * A workflow of the library.
     *
     * @param name as on the command line
     * @param place for people
     * @param template what is in it, or what is wrong with it
     */
    public record Entry(String name, String place, Found template) {}

    /** What was found under a name. */
    public sealed interface Found {
        /** A workflow. */
        record Good(WorkflowTemplate template) implements Found {}

        /** A file with a mistake. */
        record Bad(String reason) implements Found {}
    }

    /** The library of the current folder. */
    public static WorkflowLibrary here() {
        return new WorkflowLibrary(Path.of(FOLDER));
    }

    /** Whether a name belongs to a workflow that is built in. */
    public static boolean isBuiltIn(String name) {
        return BUILT_IN.contains(name);
    }

    /** All of them, those that are built in first. */
    public List<Entry> list() throws IOException {
        var entries = new ArrayList<Entry>();
        for (String name : BUILT_IN) {
            entries.add(new Entry(name, "built in", new Found.Good(builtIn(name))));
        }
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.filter(f -> f.toString().endsWith(ENDING))
                        .sorted()
                        .toList()) {
                    String fileName = String.valueOf(file.getFileName());
                    entries.add(new Entry(
                            fileName.substring(0, fileName.length() - ENDING.length()), file.toString(), found(file)));
                }
            }
        }
        return entries;
    }

    private static Found found(Path file) throws IOException {
        try {
            return new Found.Good(TemplateReader.read(SettingsFile.text(file), file.toString()));
        } catch (DataException e) {
            return new Found.Bad(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A workflow.
     *
     * @param name of one that is built in or lies in the folder, or a file
     * @throws DataException if there is none, or it has a mistake
     */
    public WorkflowTemplate find(String name) throws IOException {
        if (BUILT_IN.contains(name)) {
            return builtIn(name);
        }
        var file = file(name);
        if (file.isEmpty()) {
            throw new DataException("there is no workflow '%s'; there are %s, and files with their path"
                    .formatted(
                            name,
                            String.join(", ", list().stream().map(Entry::name).toList())));
        }
        return TemplateReader.read(SettingsFile.text(file.get()), file.get().toString());
    }

    private Optional<Path> file(String name) {
        try {
            var own = NAME.matcher(name).matches() ? folder.resolve(name + ENDING) : Path.of(name);
            return Files.isRegularFile(own) ? Optional.of(own) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static WorkflowTemplate builtIn(String name) {
        String resource = name + ENDING;
        try (var in = Objects.requireNonNull(WorkflowLibrary.class.getResourceAsStream(resource), resource)) {
            return TemplateReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
