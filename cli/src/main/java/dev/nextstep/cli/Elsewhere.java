package dev.nextstep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Commands whose libraries are fetched when they are first used, so that completion knows no more than their names. */
final class Elsewhere {
    private static final Map<String, String> COMMANDS = commands();

    private Elsewhere() {}

    private static Map<String, String> commands() {
        var commands = new LinkedHashMap<String, String>();
        commands.put("data", "Build and look at data sets.");
        commands.put("train", "Train a model.");
        commands.put("measure", "Measure how well a model draws the emoji set.");
        commands.put("serve", "An HTTP server.");
        return commands;
    }

    /** Adds those that are not here. */
    static void addNames(CommandLine root) {
        COMMANDS.forEach((name, description) -> {
            if (!root.getSubcommands().containsKey(name)) {
                var spec = CommandSpec.create().name(name);
                spec.usageMessage().description(description);
                root.addSubcommand(name, new CommandLine(spec));
            }
        });
    }
}
