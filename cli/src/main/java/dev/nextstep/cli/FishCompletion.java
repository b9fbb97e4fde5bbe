package dev.nextstep.cli;

import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, from the model of the commands. */
final class FishCompletion {

    private FishCompletion() {}

    static String script(String program, CommandLine root) {
        var script = new StringBuilder("# Completions of %s for fish\ncomplete -c %s -f\n".formatted(program, program));
        options(script, program, "__fish_use_subcommand", root.getCommandSpec());
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c %s -n __fish_use_subcommand -a %s -d %s\n"
                    .formatted(program, name, quoted(description(command.getCommandSpec()))));
            String condition = quoted("__fish_seen_subcommand_from " + name);
            options(script, program, condition, command.getCommandSpec());
            for (var parameter : command.getCommandSpec().positionalParameters()) {
                script.append("complete -c %s -n %s%s\n".formatted(program, condition, values(parameter, "")));
            }
        });
        String names = quoted(String.join(" ", root.getSubcommands().keySet()));
        script.append("complete -c %s -n '__fish_seen_subcommand_from help' -a %s\n".formatted(program, names));
        return script.toString();
    }

    private static void options(StringBuilder script, String program, String condition, CommandSpec spec) {
        for (var option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            script.append("complete -c ").append(program).append(" -n ").append(condition);
            for (var name : option.names()) {
                boolean isLong = name.startsWith("--");
                script.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
            }
            script.append(takesValue(option) ? values(option, " -r") : "")
                    .append(" -d ")
                    .append(quoted(String.join(" ", option.description())))
                    .append('\n');
        }
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0 && !option.typeInfo().isBoolean();
    }

    // Files where a file is meant, names where there are some, otherwise nothing.
    private static String values(ArgSpec argument, String required) {
        if (argument.completionCandidates() != null) {
            return required + " -a " + quoted(String.join(" ", argument.completionCandidates()));
        }
        boolean isFile = Arrays.asList(argument.auxiliaryTypes()).contains(Path.class);
        return required + (isFile ? " -F" : "");
    }

    private static String description(CommandSpec spec) {
        String[] lines = spec.usageMessage().description();
        return lines.length == 0 ? "Show how a command is used." : lines[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("%n", " ") + "'";
    }
}
