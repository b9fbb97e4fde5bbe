package dev.nextstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The document has every setting, with its default and its description. */
class SettingsDocumentTest {
    @Test
    void theTableIsThatOfTheProgram() throws IOException {
        var document = Files.readString(Path.of(System.getProperty("project.root"), "docs/server.md"));
        var rows = document.lines()
                .dropWhile(line -> !line.startsWith("| setting |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows)
                .isEqualTo(Arrays.stream(Setting.values())
                        .map(setting -> "| `%s` |%s | %s |"
                                .formatted(
                                        setting.key(),
                                        setting.defaultText().isEmpty() ? "" : " `" + setting.defaultText() + "`",
                                        setting.description()))
                        .toList());
    }
}
