package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.workflow.template.ParameterKind;
import dev.nextstep.workflow.template.WorkflowLibrary;
import dev.nextstep.workflow.template.WorkflowTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep workflow show}: what a workflow asks for and what it draws. */
@Command(
        name = "show",
        description = "Show what a workflow asks for and which pictures it draws.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WorkflowShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "A workflow of the list, or a file.")
    private String name = "";

    @Option(names = "--yaml", description = "Print the file itself.")
    private boolean yaml;

    @Override
    public Integer call() throws IOException {
        var template = WorkflowLibrary.here().find(name);
        var out = spec.commandLine().getOut();
        if (yaml) {
            out.print(template.source());
        } else {
            print(out, template);
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private static void print(PrintWriter out, WorkflowTemplate template) {
        out.println(template.name() + ": " + template.description());
        out.println();
        out.println("Parameters");
        for (var parameter : template.parameters().values()) {
            out.printf(
                    "  %s: %s, %s%n",
                    parameter.name(),
                    parameter.kind().describe(),
                    parameter.usual().map(value -> "default " + value).orElse("needed"));
            if (parameter.kind() instanceof ParameterKind.Choice choice) {
                choice.words().forEach((value, words) -> {
                    if (!value.equals(words)) {
                        out.printf("    %s = %s%n", value, words);
                    }
                });
            }
        }
        if (!template.variants().isEmpty()) {
            out.println();
            out.println("Each picture in");
            for (var variant : template.variants()) {
                var facts = new ArrayList<String>();
                variant.guidance().ifPresent(value -> facts.add("guidance " + value));
                variant.steps().ifPresent(value -> facts.add(value + " steps"));
                variant.preset().ifPresent(value -> facts.add("quality " + value));
                out.printf("  %s: %s (%s)%n", variant.name(), variant.title(), String.join(", ", facts));
            }
        }
        out.println();
        out.println("Pictures");
        for (var picture : template.pictures()) {
            String only = picture.only().entrySet().stream()
                    .map(e -> " if %s=%s".formatted(e.getKey(), e.getValue()))
                    .collect(Collectors.joining());
            out.printf(
                    "  %s%s%s%n",
                    picture.name(), picture.shape().map(shape -> " " + shape).orElse(""), only);
            out.printf("    %s%n", picture.prompt().text());
            picture.shortPrompt().ifPresent(words -> out.printf("    on small models: %s%n", words.text()));
        }
    }
}
