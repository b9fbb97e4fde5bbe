package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code THIRD-PARTY.md} names the libraries that the command really has, with their versions, and no others. */
class ThirdPartyTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    /** What the build writes: {@code group:artifact:jar:version:scope}. */
    private static final Pattern RESOLVED =
            Pattern.compile("^\\s+([\\w.-]+:[\\w.-]+):jar:([^:\\s]+):", Pattern.MULTILINE);

    /** A row of the table: name, version, licence. */
    private static final Pattern LISTED =
            Pattern.compile("^\\| `([\\w.-]+:[\\w.-]+)` \\| ([^ |]+) \\| [^|]*\\w[^|]* \\|", Pattern.MULTILINE);

    @Test
    void namesEveryLibraryAndNoOther() throws IOException {
        var resolved = rows(RESOLVED, ROOT.resolve("cli/target/libraries.txt"));
        assertThat(resolved).as("libraries that the build resolved").isNotEmpty();
        assertThat(rows(LISTED, ROOT.resolve("THIRD-PARTY.md"))).isEqualTo(resolved);
    }

    private static Map<String, String> rows(Pattern row, Path file) throws IOException {
        var versions = new TreeMap<String, String>();
        row.matcher(Files.readString(file)).results().forEach(match -> versions.put(match.group(1), match.group(2)));
        return versions;
    }
}
