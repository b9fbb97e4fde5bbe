package dev.nextstep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What shells need to know of a command to complete it, as lines of text: so that completion knows commands whose libraries are
 * not here. A line has columns parted by tabs: words of the command; names of an option parted by commas, {@code -} for a
 * parameter, nothing for the command itself; its arity; {@code file}, values parted by commas, or nothing; one sentence.
 */
public final class CommandOutline {
    private static final String PARAMETER = "-";
    private static final String FILE = "file";
    private static final int COLUMNS = 5;

    private CommandOutline() {}

    /** The lines of a command and all below it. */
    public static List<String> of(String name, CommandLine command) {
        var lines = new ArrayList<String>();
        add(name, command, lines);
        return lines;
    }

    private static void add(String words, CommandLine command, List<String> lines) {
        var spec = command.getCommandSpec();
        lines.add(line(words, "", "", "", spec.usageMessage().description()));
        for (var option : spec.options()) {
            if (!option.hidden()) {
                lines.add(line(words, String.join(",", option.names()), option));
            }
        }
        for (var parameter : spec.positionalParameters()) {
            lines.add(line(words, PARAMETER, parameter));
        }
        command.getSubcommands().forEach((name, below) -> add(words + " " + name, below, lines));
    }

    private static String line(String words, String names, ArgSpec argument) {
        var values = new ArrayList<String>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(values::add);
        }
        String kind = Path.class.isAssignableFrom(argument.type()) ? FILE : String.join(",", values);
        return line(words, names, argument.arity().toString(), kind, argument.description());
    }

    private static String line(String words, String names, String arity, String kind, String... description) {
        String sentence = description.length == 0
                ? ""
                : description[0].replaceAll("\\s+", " ").replaceAll("%n.*", "");
        return String.join("\t", words, names, arity, kind, sentence);
    }

    /** Adds the commands that lines describe, but for those that are there already. */
    static void addTo(CommandLine root, List<String> lines) {
        var there = List.copyOf(root.getSubcommands().keySet());
        for (var line : lines) {
            var columns = line.split("\t", COLUMNS);
            var words = columns[0].split(" ", -1);
            if (there.contains(words[0])) {
                continue;
            }
            if (columns[1].isEmpty()) {
                var spec = CommandSpec.create().name(words[words.length - 1]);
                spec.usageMessage().description(columns[4].replace("%", "%%"));
                find(root, Arrays.copyOf(words, words.length - 1)).addSubcommand(new CommandLine(spec));
            } else {
                add(find(root, words).getCommandSpec(), columns);
            }
        }
    }

    private static CommandLine find(CommandLine root, String... words) {
        var found = root;
        for (var word : words) {
            found = Objects.requireNonNull(found.getSubcommands().get(word), word);
        }
        return found;
    }

    private static void add(CommandSpec spec, String... columns) {
        var values = columns[3].isEmpty() || columns[3].equals(FILE) ? null : List.of(columns[3].split(",", -1));
        Class<?> type = columns[3].equals(FILE) ? Path.class : String.class;
        String description = columns[4].replace("%", "%%");
        if (columns[1].equals(PARAMETER)) {
            spec.addPositional(PositionalParamSpec.builder()
                    .arity(columns[2])
                    .type(type)
                    .completionCandidates(values)
                    .description(description)
                    .build());
        } else {
            spec.addOption(OptionSpec.builder(columns[1].split(",", -1))
                    .arity(columns[2])
                    .type(columns[2].equals("0") ? boolean.class : type)
                    .completionCandidates(values)
                    .description(description)
                    .build());
        }
    }
}
