package dev.nextstep.lab;

import dev.nextstep.cli.CommandModule;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.DataException;
import dev.nextstep.data.emoji.EmojiSetException;
import dev.nextstep.data.npm.NpmException;
import dev.nextstep.train.measure.MeasureException;
import dev.nextstep.train.run.DivergedException;
import dev.nextstep.train.run.RunException;
import java.util.List;
import java.util.Optional;

/** The commands of this module, for the launcher. */
public final class LabCommands implements CommandModule {
    @Override
    public List<String> names() {
        return List.of("data", "train", "measure");
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "data" -> new DataCommand();
            case "train" -> new TrainCommand();
            case "measure" -> new MeasureCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Override
    public Optional<ExitCode> exitCode(Throwable thrown) {
        return switch (thrown) {
            case DivergedException _ -> Optional.of(ExitCode.FAILURE);
            case DataException _, EmojiSetException _, NpmException _, MeasureException _, RunException _ ->
                Optional.of(ExitCode.BAD_INPUT);
            default -> Optional.empty();
        };
    }
}
