package dev.nextstep.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, from the model of the commands. */
final class FishCompletion {
    /** Options that take the name of a file or a folder but are texts, because they can be more. */
    private static final Set<String> FILES = Set.of("--out", "--model");

    private FishCompletion() {}

    static String script(String program, CommandLine root) {
        var script = new StringBuilder(functions(program));
        String none = quoted("__%s_is ''".formatted(program));
        options(script, program, none, root.getCommandSpec());
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c %s -n %s -a %s -d %s\n"
                    .formatted(program, none, name, quoted(description(command.getCommandSpec()))));
            String condition = quoted("__%s_is %s".formatted(program, name));
            options(script, program, condition, command.getCommandSpec());
            for (var parameter : command.getCommandSpec().positionalParameters()) {
                script.append("complete -c %s -n %s%s\n".formatted(program, condition, values(parameter, "", "")));
            }
        });
        String names = quoted(String.join(" ", root.getSubcommands().keySet()));
        script.append(
                "complete -c %s -n %s -a %s\n".formatted(program, quoted("__%s_is help".formatted(program)), names));
        return script.toString();
    }

    // The command is the first word that is no option; options before it take no value.
    private static String functions(String program) {
        return """
            # Completions of %1$s for fish
            function __%1$s_command
                set -l words (commandline -opc)
                set -e words[1]
                for word in $words
                    if not string match -q -- '-*' $word
                        echo $word
                        return
                    end
                end
            end
            function __%1$s_is
                set -l command (__%1$s_command)
                test "$command" = "$argv[1]"
            end
            complete -c %1$s -f
            """.formatted(program);
    }

    private static void options(StringBuilder script, String program, String condition, CommandSpec spec) {
        for (var option : spec.options()) {
            if (option.hidden()) {
                continue;
            }
            script.append("complete -c ").append(program).append(" -n ").append(condition);
            for (var name : option.names()) {
                script.append(name(name));
            }
            if (option.negatable()) {
                script.append(name(option.longestName().replaceFirst("^--", "--no-")));
            }
            script.append(takesValue(option) ? values(option, " -x", " -r") : "")
                    .append(" -d ")
                    .append(quoted(String.join(" ", option.description())))
                    .append('\n');
        }
    }

    private static String name(String option) {
        return option.startsWith("--") ? " -l " + option.substring(2) : " -s " + option.substring(1);
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0 && !option.typeInfo().isBoolean();
    }

    // Files where a file is meant, names where there are some, otherwise nothing.
    private static String values(ArgSpec argument, String exclusive, String required) {
        if (argument.completionCandidates() != null) {
            return exclusive + " -a " + quoted(String.join(" ", argument.completionCandidates()));
        }
        boolean isFile = Arrays.asList(argument.auxiliaryTypes()).contains(Path.class)
                || (argument instanceof OptionSpec option && FILES.contains(option.longestName()));
        return isFile ? required + " -F" : exclusive;
    }

    private static String description(CommandSpec spec) {
        return Arrays.stream(spec.usageMessage().description())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("%n", " ") + "'";
    }
}
