package dev.nextstep.lab;

import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Shows how far rendering and writing are. */
final class Watching implements AutoCloseable {
    private final TerminalInfo terminal = TerminalInfo.detect();
    private final TerminalOutput output;
    private @Nullable ProgressBar bar;
    private String current = "";

    Watching(CommandSpec spec) {
        output = TerminalOutput.of(spec.commandLine().getErr());
    }

    void progress(String what, long done, long total) {
        if (!what.equals(current)) {
            close();
            var length = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
            bar = ProgressBar.start(what, ProgressUnit.PICTURES, length, terminal, output);
            current = what;
        }
        if (bar != null) {
            bar.update(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.succeed();
            bar.close();
            bar = null;
        }
    }
}
