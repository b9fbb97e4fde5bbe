package dev.nextstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code THIRD-PARTY.md} names the libraries that the server has beyond those of the command, and no others. */
class LibrariesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    /** What the build writes: {@code group:artifact:jar:version:scope}. */
    private static final Pattern RESOLVED =
            Pattern.compile("^\\s+([\\w.-]+):([\\w.-]+):jar:([^:\\s]+):", Pattern.MULTILINE);

    /** A row of the table of the command. */
    private static final Pattern OF_COMMAND =
            Pattern.compile("^\\| `([\\w.-]+):([\\w.-]+)` \\| ([^ |]+) \\|", Pattern.MULTILINE);

    /** A row of the table of the server: name, group, version, licence. */
    private static final Pattern OF_SERVER =
            Pattern.compile("^\\| ([\\w.-]+) \\(([\\w.-]+)\\) \\| ([^ |]+) \\| [^|]*\\w[^|]* \\|", Pattern.MULTILINE);

    @Test
    void namesEveryLibraryAndNoOther() throws IOException {
        var resolved = rows(RESOLVED, ROOT.resolve("server/target/libraries.txt"), 1, 2);
        assertThat(resolved).as("libraries that the build resolved").isNotEmpty();
        var listed = rows(OF_COMMAND, ROOT.resolve("THIRD-PARTY.md"), 1, 2);
        listed.keySet().retainAll(resolved.keySet()); // not the logger, which another one stands for
        listed.putAll(rows(OF_SERVER, ROOT.resolve("THIRD-PARTY.md"), 2, 1));
        assertThat(listed).isEqualTo(resolved);
    }

    private static Map<String, String> rows(Pattern row, Path file, int group, int artifact) throws IOException {
        var versions = new TreeMap<String, String>();
        row.matcher(Files.readString(file))
                .results()
                .forEach(match -> versions.put(match.group(group) + ":" + match.group(artifact), match.group(3)));
        return versions;
    }
}
