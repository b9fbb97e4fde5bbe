package dev.nextstep.workflow.command;

import dev.nextstep.cli.CommandModule;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.DataException;
import java.util.List;
import java.util.Optional;

/** The commands of this module, for the launcher. */
public final class WorkflowCommands implements CommandModule {
    @Override
    public List<String> names() {
        return List.of("batch", "workflow", "quality", "quality-study", "benchmark", "config");
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "batch" -> new BatchCommand();
            case "workflow" -> new WorkflowCommand();
            case "quality" -> new QualityCommand();
            case "quality-study" -> new QualityStudyCommand();
            case "benchmark" -> new BenchmarkCommand();
            case "config" -> new ConfigCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Optional<ExitCode> exitCode(Throwable thrown) {
        return thrown instanceof DataException ? Optional.of(ExitCode.BAD_INPUT) : Optional.empty();
    }
}
