package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.workflow.template.WorkflowLibrary;
import dev.nextstep.workflow.template.WorkflowLibrary.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep workflow list}: what there is. */
@Command(
        name = "list",
        description = "List workflows: those that are built in, and those in the folder workflows.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WorkflowListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var list = new ArrayList<Map<String, Object>>();
        var entries = WorkflowLibrary.here().list();
        int width = entries.stream().mapToInt(e -> e.name().length()).max().orElse(1);
        for (var entry : entries) {
            String text = switch (entry.template()) {
                case Found.Good good -> good.template().description();
                case Found.Bad bad -> "cannot be used: " + bad.reason();
            };
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("name", entry.name());
                members.put("place", entry.place());
                members.put("description", text);
                list.add(members);
            } else {
                out.println(("%-" + width + "s  %s (%s)").formatted(entry.name(), text, entry.place()));
            }
        }
        if (json) {
            JsonReport.print(out, Map.of("workflows", list));
        }
        return ExitCode.OK.number();
    }
}
