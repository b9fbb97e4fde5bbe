package dev.nextstep.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code THIRD-PARTY.md} names every library that the commands of this module have on their class path. */
class ThirdPartyTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Pattern RESOLVED =
            Pattern.compile("^\\s+([\\w.-]+):([\\w.-]+):jar:([^:\\s]+):", Pattern.MULTILINE);

    @Test
    void namesEveryLibrary() throws IOException {
        String document = Files.readString(ROOT.resolve("THIRD-PARTY.md"));
        var resolved = RESOLVED.matcher(Files.readString(ROOT.resolve("workflow/target/libraries.txt")))
                .results()
                .toList();
        assertThat(resolved).hasSizeGreaterThan(10);
        for (var library : resolved) {
            assertThat(document)
                    .containsPattern("(?m)^\\|.*%s.* \\| %s \\|"
                            .formatted(Pattern.quote(library.group(2)), Pattern.quote(library.group(3))));
        }
    }
}
