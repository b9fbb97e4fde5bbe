package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.workflow.template.TemplateReader;
import dev.nextstep.workflow.template.WorkflowLibrary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep workflow new}: a workflow of the user's own. */
@Command(
        name = "new",
        description = "Write a workflow of your own, to be changed: workflows/NAME.yaml.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WorkflowNewCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--like",
            paramLabel = "NAME",
            description = "The workflow that it begins as (default: ${DEFAULT-VALUE}).")
    private String like = "brand";

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "a workflow's name is 1 to 40 lower-case letters, digits and hyphens, not '%s'".formatted(name));
        }
        if (WorkflowLibrary.isBuiltIn(name)) {
            throw new IllegalArgumentException("'%s' is built in; choose another name".formatted(name));
        }
        var source = WorkflowLibrary.here().find(like).source();
        var target = Path.of(WorkflowLibrary.FOLDER).resolve(name + ".yaml");
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "choose another name");
        }
        String text = source.replaceFirst("(?m)^name: .*$", "name: " + name);
        TemplateReader.read(text, target.toString());
        AtomicFile.writeText(target, text);
        spec.commandLine()
                .getOut()
                .printf("%s: like %s; change it, then: ./nextstep workflow run %s …%n", target, like, name);
        return ExitCode.OK.number();
    }
}
