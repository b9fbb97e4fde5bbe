package dev.nextstep.workflow.command;

import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from that the command line does not give. */
final class ConfigArguments {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, YAML or JSON; by default nextstep.yaml in this folder, if it is there.")
    private @Nullable Path file;

    /** Settings below those of the command line. */
    Settings load() throws IOException {
        return SettingsFile.load(Optional.ofNullable(file), Path.of(""), System.getenv());
    }
}
