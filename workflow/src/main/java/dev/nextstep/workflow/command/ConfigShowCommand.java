package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep config show}: every setting with where it came from. */
@Command(
        name = "show",
        description = "Print every setting with its value and where it came from.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ConfigShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Mixin
    private final ConfigArguments config = new ConfigArguments();

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var settings = config.load();
        var out = spec.commandLine().getOut();
        if (json) {
            printJson(out, settings);
        } else {
            printText(out, settings);
        }
        return ExitCode.OK.number();
    }

    /** A line of the table. */
    private record Row(String key, String value, String origin) {}

    private static void printText(PrintWriter out, Settings settings) {
        var rows = new ArrayList<Row>();
        for (var key : SettingKey.values()) {
            var value = settings.get(key);
            rows.add(new Row(key.path(), shown(value.value()), value.origin().text()));
        }
        settings.presets()
                .forEach((name, preset) -> rows.add(new Row(
                        "quality_presets." + name,
                        "%d pixels, %d steps, guidance %s"
                                .formatted(
                                        preset.preset().side(),
                                        preset.preset().steps(),
                                        preset.preset().guidance()),
                        preset.origin().text())));
        int keys = rows.stream().mapToInt(row -> row.key.length()).max().orElse(1);
        int values = rows.stream().mapToInt(row -> row.value.length()).max().orElse(1);
        for (var row : rows) {
            out.println(("%-" + keys + "s  %-" + values + "s  %s").formatted(row.key, row.value, row.origin));
        }
    }

    private static String shown(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value.equals("") ? "''" : String.valueOf(value);
    }

    private static void printJson(PrintWriter out, Settings settings) {
        var members = new LinkedHashMap<String, Object>();
        for (var key : SettingKey.values()) {
            var value = settings.get(key);
            members.put(
                    key.path(),
                    Map.of("value", value.value(), "from", value.origin().text()));
        }
        settings.presets()
                .forEach((name, preset) -> members.put(
                        "quality_presets." + name,
                        Map.of(
                                "size", preset.preset().side(),
                                "steps", preset.preset().steps(),
                                "guidance", preset.preset().guidance(),
                                "from", preset.origin().text())));
        JsonReport.print(out, members);
    }
}
