package dev.nextstep.cli;

import dev.nextstep.cli.Finding.Level;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.Styles;
import dev.nextstep.cli.terminal.TerminalInfo;
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

/** {@code nextstep doctor}: whether everything is well. */
@Command(
        name = "doctor",
        description = {
            "Check this machine and the model: Java, vectors, memory, disk, a picture computed as the official code does.",
            "Exit code 1 if there is a problem; warnings do not count."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep doctor",
            "  ./nextstep doctor --json > doctor.json",
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Override
    public Integer call() {
        var findings = new ArrayList<Finding>();
        var out = spec.commandLine().getOut();
        add(findings, MachineCheck.all(), out);
        add(findings, ModelCheck.all(model.directory(), model.options()), out);
        add(findings, List.of(ModelCheck.speed(model.options())), out);
        long problems =
                findings.stream().filter(f -> f.level() == Level.PROBLEM).count();
        long warnings =
                findings.stream().filter(f -> f.level() == Level.WARNING).count();
        if (json) {
            printJson(out, findings);
        } else {
            out.println(
                    problems + warnings == 0
                            ? "everything is well"
                            : "problems: %d, warnings: %d".formatted(problems, warnings));
        }
        return (problems == 0 ? ExitCode.OK : ExitCode.FAILURE).number();
    }

    // Each line as soon as it is known: the last ones take a second.
    private void add(List<Finding> all, List<Finding> more, PrintWriter out) {
        all.addAll(more);
        if (!json) {
            var styles = Styles.of(TerminalInfo.detect(), StandardStream.OUT);
            for (var finding : more) {
                out.println(
                        "%s  %-20s  %s".formatted(mark(finding.level(), styles), finding.subject(), finding.text()));
                if (!finding.advice().isEmpty()) {
                    out.println(" ".repeat(31) + "-> " + finding.advice());
                }
            }
            out.flush();
        }
    }

    private static String mark(Level level, Styles styles) {
        String word = "%-7s".formatted(level.word());
        return switch (level) {
            case OK -> styles.ok(word);
            case WARNING -> styles.warning(word);
            case PROBLEM -> styles.error(word);
        };
    }

    private static void printJson(PrintWriter out, List<Finding> findings) {
        var list = new ArrayList<Map<String, Object>>();
        for (var finding : findings) {
            var members = new LinkedHashMap<String, Object>();
            members.put("level", finding.level().word());
            members.put("subject", finding.subject());
            members.put("text", finding.text());
            members.put("advice", finding.advice());
            list.add(members);
        }
        JsonReport.print(out, Map.of("findings", list));
    }
}
