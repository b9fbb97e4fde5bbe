package dev.nextstep.server;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.config.SettingsReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep serve}: the server. */
@Command(
        name = "serve",
        description = {
            "Serve pictures over HTTP: the images API that OpenAI's clients speak, with pictures that grow "
                    + "row by row, and jobs that survive whatever happens.",
            "Ctrl-C and SIGTERM let finish what is being drawn."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = KeysCommand.class,
        modelTransformer = ServeCommand.SettingOptions.class,
        footer = {
            "",
            "Each option is also a line of the file given with --config (port: 8080) and a variable",
            "(NEXTSTEP_SERVE_PORT=8080). The command line comes first, then the environment, then the file.",
            "",
            "Examples:",
            "  ./nextstep serve",
            "  ./nextstep serve --port 9000 --data /var/lib/nextstep",
            "  ./nextstep serve --config server.yaml",
            "  ./nextstep serve --database jdbc:postgresql://db/nextstep --database-user nextstep",
        })
public final class ServeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings.")
    private @Nullable Path config;

    @Option(names = "--check", description = "Start, draw one small picture to see that all is well, and end.")
    private boolean check;

    /** One option for each setting. */
    static final class SettingOptions implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            for (var setting : Setting.values()) {
                var byDefault = setting.defaultText().isEmpty() ? "" : " Default: " + setting.defaultText() + ".";
                command.addOption(OptionSpec.builder(setting.option())
                        .paramLabel(setting.placeholder())
                        .type(String.class)
                        .description(setting.description().replace("%", "%%") + byDefault)
                        .build());
            }
            return command;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = ServerSettings.read(SettingsReader.read(given(), System.getenv(), Optional.ofNullable(config)));
        var server = NextStepServer.start(settings);
        var out = spec.commandLine().getOut();
        out.printf(
                "nextstep serves %s at %s, data in %s, ready in %.2f s%n",
                server.modelName(), server.address(), settings.data(), secondsSinceStart());
        out.flush();
        if (check) {
            try (server) {
                out.println(server.selfRequest().send());
            }
            return ExitCode.OK.number();
        }
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            ended.countDown();
                        },
                        "stop"));
        ended.await();
        return ExitCode.OK.number();
    }

    /** Since Java was started. */
    private static double secondsSinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000.0;
    }

    private EnumMap<Setting, String> given() {
        var given = new EnumMap<Setting, String>(Setting.class);
        for (var setting : Setting.values()) {
            String value = spec.findOption(setting.option()).getValue();
            if (value != null) {
                given.put(setting, value);
            }
        }
        return given;
    }
}
