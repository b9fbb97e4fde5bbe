package dev.nextstep.workflow.config;

import dev.nextstep.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads the file of settings. */
public final class SettingsFile {
    /** Names that are looked for, at most one of which may be there. */
    public static final List<String> NAMES = List.of("nextstep.yaml", "nextstep.yml", "nextstep.json");

    private SettingsFile() {}

    /**
     * Defaults, under them the file that is named or else one of {@link #NAMES} in a folder, under that the environment.
     *
     * @throws DataException naming the place if something is wrong in it, or if two files could be meant
     * @throws IOException if the file that is named cannot be read
     */
    public static Settings load(Optional<Path> named, Path folder, Map<String, String> environment) throws IOException {
        var settings = Settings.defaults();
        var file = named.or(() -> only(folder));
        if (file.isPresent()) {
            settings = settings.withFile(text(file.get()), file.get().toString());
        }
        return settings.withEnvironment(environment);
    }

    private static Optional<Path> only(Path folder) {
        var found = NAMES.stream().map(folder::resolve).filter(Files::exists).toList();
        if (found.size() > 1) {
            throw new DataException("there are %s and %s; keep one of them or name it with --config"
                    .formatted(found.get(0), found.get(1)));
        }
        return found.stream().findFirst();
    }

    /**
     * A file in UTF-8.
     *
     * @throws DataException if it is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static String text(Path file) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": is not text in UTF-8; save it so", e);
        }
    }
}
