package dev.nextstep.server;

import dev.nextstep.cli.CommandModule;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.server.config.SettingException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The command of this module, for the launcher. */
public final class ServerCommands implements CommandModule {
    @Override
    public List<String> names() {
        return List.of("serve");
    }

    @Override
    public Object command(String name) {
        if (!name.equals("serve")) {
            throw new IllegalArgumentException(name);
        }
        return new CommandLine(new ServeCommand()); // made here, because only then options of settings are added
    }

    @Override
    public Optional<ExitCode> exitCode(Throwable thrown) {
        return switch (thrown) {
            case SettingException _ -> Optional.of(ExitCode.USAGE);
            case StartException _ -> Optional.of(ExitCode.FAILURE);
            default -> Optional.empty();
        };
    }
}
