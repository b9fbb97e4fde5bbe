package dev.nextstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.cli.CommandOutline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What shells know of these commands without them. With {@code -Doutline.write=true} it is written instead of compared. */
class OutlineTest {
    private static final Path FILE =
            Path.of(System.getProperty("project.root"), "cli/src/main/resources/dev/nextstep/cli/server.outline");

    @Test
    void completionKnowsEveryCommandAndOption() throws IOException {
        var commands = new ServerCommands();
        var lines = new ArrayList<String>();
        for (var name : commands.names()) {
            var command = commands.command(name);
            lines.addAll(
                    CommandOutline.of(name, command instanceof CommandLine line ? line : new CommandLine(command)));
        }
        assertThat(lines).hasSizeGreaterThan(20);
        if (Boolean.getBoolean("outline.write")) {
            Files.write(FILE, lines);
        }
        assertThat(Files.readAllLines(FILE))
                .as("-Doutline.write=true writes it anew")
                .isEqualTo(lines);
    }
}
