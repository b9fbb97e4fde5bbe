package dev.nextstep.server;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.server.access.ApiKey;
import dev.nextstep.server.access.KeyStore;
import dev.nextstep.server.access.Quota;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.config.SettingsReader;
import dev.nextstep.server.http.Role;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep serve keys}: who may ask. */
@Command(
        name = "keys",
        description = {
            "Make, list and revoke API keys, in the database of the server.",
            "The embedded database belongs to the server while it runs: ask the server then, at /v1/keys."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  ./nextstep serve keys create --name ops --role admin",
            "  ./nextstep serve keys create --name team --per-minute 60 --per-day 2000",
            "  ./nextstep serve keys list",
            "  ./nextstep serve keys revoke key_0123456789abcdef0123456789abcdef",
        })
final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with keys: create, list or revoke");
    }

    /** Where the database is: the same settings as those of the server. */
    static final class Place {
        private static final List<Setting> SETTINGS =
                List.of(Setting.DATA, Setting.DATABASE, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD);

        @Option(names = "--config", paramLabel = "FILE", description = "The server's YAML file of settings.")
        private @Nullable Path config;

        @Option(names = "--data", paramLabel = "DIR", description = "The server's folder.")
        private @Nullable String data;

        @Option(names = "--database", paramLabel = "URL", description = "The server's PostgreSQL database.")
        private @Nullable String database;

        @Option(names = "--database-user", paramLabel = "NAME", description = "User of the database.")
        private @Nullable String user;

        @Option(names = "--database-password", paramLabel = "TEXT", description = "Password of the database.")
        private @Nullable String password;

        <T> T with(Function<KeyStore, T> work) {
            var given = new EnumMap<Setting, String>(Setting.class);
            var values = new @Nullable String[] {data, database, user, password};
            for (int i = 0; i < values.length; i++) {
                var value = values[i];
                if (value != null) {
                    given.put(SETTINGS.get(i), value);
                }
            }
            var all = SettingsReader.read(given, System.getenv(), Optional.ofNullable(config));
            LoggingSystem.get(KeysCommand.class.getClassLoader())
                    .beforeInitialize(); // what libraries have to say is not asked for
            all.keySet().retainAll(SETTINGS); // whether the rest would do is the server's business
            try (var open = OpenedDatabase.open(ServerSettings.read(all))) {
                return work.apply(new KeyStore(open));
            }
        }
    }

    /** {@code keys create}. */
    @Command(
            name = "create",
            description = {"Make a key and print it. It is shown this once; only its hash is kept."},
            mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--name", paramLabel = "TEXT", required = true, description = "Who gets it; for people.")
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "NAME",
                            defaultValue = "generate",
                            description = "generate: ask for pictures; admin: everything. Default: generate.")
                    String role,
            @Option(names = "--per-minute", paramLabel = "N", description = "Pictures in a minute.") @Nullable
                    Integer perMinute,
            @Option(names = "--per-day", paramLabel = "N", description = "Pictures in a day of UTC.") @Nullable
                    Integer perDay,
            @Mixin Place place) {
        var quota = checked(() -> new Quota(optional(perMinute), optional(perDay)));
        var known = Role.of(role)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--role: expected generate or admin, got '%s'".formatted(role)));
        var created = place.with(keys -> checked(() -> keys.create(name, known, quota)));
        var out = out();
        out.println(created.secret());
        out.printf(
                "%s for '%s', role %s%s. This is the only time that the key is shown.%n",
                created.key().id(), name, known.id(), words(quota));
        out.flush();
        return ExitCode.OK.number();
    }

    private <T> T checked(java.util.function.Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** {@code keys list}. */
    @Command(
            name = "list",
            description = {"All keys, also those that are revoked, the oldest first."},
            mixinStandardHelpOptions = true)
    int list(@Mixin Place place) {
        var out = out();
        for (var key : place.with(KeyStore::list)) {
            out.println(line(key));
        }
        out.flush();
        return ExitCode.OK.number();
    }

    /** {@code keys revoke}. */
    @Command(
            name = "revoke",
            description = {"Make a key worthless, from the next request on."},
            mixinStandardHelpOptions = true)
    int revoke(@Parameters(paramLabel = "ID", description = "Its public name, key_….") String id, @Mixin Place place) {
        var key = place.with(keys -> keys.revoke(id))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no key '%s'; 'keys list' shows them".formatted(id)));
        out().println(line(key));
        out().flush();
        return ExitCode.OK.number();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static String line(ApiKey key) {
        return "%s  %-8s  %s  %s%s%s"
                .formatted(
                        key.id(),
                        key.role().id(),
                        key.created().toString().substring(0, 10),
                        key.name(),
                        words(key.quota()),
                        key.revoked()
                                .map(when -> ", revoked " + when.toString().substring(0, 10))
                                .orElse(""));
    }

    private static String words(Quota quota) {
        var words = new StringBuilder();
        quota.perMinute().ifPresent(n -> words.append(", ").append(n).append(" a minute"));
        quota.perDay().ifPresent(n -> words.append(", ").append(n).append(" a day"));
        return words.toString();
    }
}
