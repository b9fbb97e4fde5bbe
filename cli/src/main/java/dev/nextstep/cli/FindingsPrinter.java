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

/** Findings of {@code doctor}, {@code status} and {@code test}: each line as soon as it is known, or all as JSON. */
final class FindingsPrinter {
    /** For whom. */
    enum Form {
        TEXT,
        JSON
    }

    private final PrintWriter out;
    private final Form form;
    private final List<Finding> all = new ArrayList<>();

    FindingsPrinter(PrintWriter out, Form form) {
        this.out = out;
        this.form = form;
    }

    void add(List<Finding> more) {
        all.addAll(more);
        if (form == Form.JSON) {
            return;
        }
        var styles = Styles.of(TerminalInfo.detect(), StandardStream.OUT);
        for (var finding : more) {
            out.println("%s  %-20s  %s".formatted(mark(finding.level(), styles), finding.subject(), finding.text()));
            if (!finding.advice().isEmpty()) {
                out.println(" ".repeat(31) + "-> " + finding.advice());
            }
        }
        out.flush();
    }

    /** Prints the sum, or the JSON; a failure if there is a problem. */
    ExitCode end() {
        long problems = all.stream().filter(f -> f.level() == Level.PROBLEM).count();
        long warnings = all.stream().filter(f -> f.level() == Level.WARNING).count();
        if (form == Form.JSON) {
            printJson();
        } else {
            out.println(
                    problems + warnings == 0
                            ? "everything is well"
                            : "problems: %d, warnings: %d".formatted(problems, warnings));
        }
        return problems == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static String mark(Level level, Styles styles) {
        String word = "%-7s".formatted(level.word());
        return switch (level) {
            case OK -> styles.ok(word);
            case WARNING -> styles.warning(word);
            case PROBLEM -> styles.error(word);
        };
    }

    private void printJson() {
        var list = new ArrayList<Map<String, Object>>();
        for (var finding : all) {
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
