package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.Interruption;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.tool.Work;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the commands of {@code nextstep data} share: progress, Ctrl-C, errors, JSON. */
abstract class DataSubcommand implements Callable<Integer> {

    /** Reads the official name of a kind. */
    static final class KindConverter implements ITypeConverter<SampleKind> {
        @Override
        public SampleKind convert(String value) {
            try {
                return SampleKind.of(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Does the work and prints its result. */
    abstract ExitCode run(Work work) throws IOException;

    @Override
    public final Integer call() throws IOException {
        var cancellation = new Cancellation();
        try (var bars = new Bars();
                var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"))) {
            return run(new Work(bars, cancellation)).number();
        } catch (DataException e) {
            note(String.valueOf(e.getMessage()));
            return ExitCode.BAD_INPUT.number();
        } catch (CancellationException e) {
            note("cancelled; nothing was changed");
            return ExitCode.CANCELLED.number();
        }
    }

    /** Prints members as JSON if that was asked for, or else what the writing prints. */
    void print(Map<String, ?> members, java.util.function.Consumer<PrintWriter> writing) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(DataJson.pretty(members));
        } else {
            writing.accept(out);
        }
        out.flush();
    }

    void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }

    /** One bar after the other, named after what is done. */
    private final class Bars implements Work.Listener, AutoCloseable {
        private @Nullable ProgressBar bar;
        private String shown = "";

        @Override
        public void progress(String what, long done, long total) {
            if (!what.equals(shown) || bar == null) {
                close();
                shown = what;
                bar = ProgressBar.start(
                        what,
                        ProgressUnit.SAMPLES,
                        total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
                        TerminalInfo.detect(),
                        TerminalOutput.of(spec.commandLine().getErr()));
            }
            bar.update(done);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }
}
