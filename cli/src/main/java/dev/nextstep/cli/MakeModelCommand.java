package dev.nextstep.cli;

import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelWriter;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.checkpoint.WriteProgress;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.hub.HubSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nextstep bench make-model}: a model of any size, of random weights. */
@Command(
        name = "make-model",
        description = {
            "Write a model of random weights, to measure time and memory at sizes that are not at hand.",
            "It draws noise. Weights are written in their format straight away."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Shapes: 14b (NextStep-1, 15.0 billion parameters), 3b (Qwen2.5-3B with the same head), tiny (for trying).",
            "",
            "Example:",
            "  ./nextstep bench make-model --shape 14b --to q4_0 --out random-14b",
            "  ./nextstep generate x --model random-14b --size 32x32 --steps 2",
        })
final class MakeModelCommand implements Callable<Integer> {
    /** Room that stays free. */
    private static final long SPARE = 1L << 30;

    /** Reads the name of a shape. */
    static final class ShapeConverter implements ITypeConverter<ModelShape> {
        @Override
        public ModelShape convert(String value) {
            return ModelShape.named(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is not a shape; there are %s".formatted(value, ModelShape.names())));
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            required = true,
            converter = ShapeConverter.class,
            description = "14b, 3b or tiny.")
    private ModelShape shape = ModelShape.TINY;

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            converter = QuantizeCommand.FormatConverter.class,
            completionCandidates = Candidates.StoredFormats.class,
            description = "Format of the weights, as for 'nextstep quantize' (default: q4_0).")
    private StoredFormat format = StoredFormat.Q4_0;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The directory to write.")
    private Path target = Path.of("");

    @Option(
            names = "--tokenizer",
            paramLabel = "MODEL",
            description = "The model whose text tokenizer it gets; the emoji model if not given.")
    private @Nullable String tokenizer;

    @Option(names = "--seed", description = "Of the random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--force", description = "Replace DIR if it exists.")
    private boolean force;

    private final Cancellation cancellation = new Cancellation();

    @Override
    public Integer call() throws IOException {
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "--force replaces it");
        }
        TextFile.requireFolder(target);
        var like = tokenizer == null
                ? DefaultModel.directory()
                : new ModelLocator(HubSettings.fromEnvironment()).find(tokenizer);
        var err = spec.commandLine().getErr();
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> {});
                var from = ModelDirectory.open(like)) {
            var plan = QuantizationPlan.of(format);
            var contents = new RandomModel(shape, plan, seed).contents(from);
            long bytes = RandomModel.bytes(contents);
            requireRoom(bytes);
            try (var progress = new Writing()) {
                ModelWriter.writeGguf(
                        target, contents, WeightType.AS_IS, force ? IfExists.REPLACE : IfExists.REFUSE, progress);
            }
            spec.commandLine().getOut().println("%s: random weights, %s".formatted(target, Amounts.bytes(bytes)));
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            err.println("nextstep: cancelled; nothing of it is left");
            return ExitCode.CANCELLED.number();
        }
    }

    private void requireRoom(long bytes) throws IOException {
        var folder = Objects.requireNonNullElse(target.toAbsolutePath().getParent(), target);
        long free = folder.toFile().getUsableSpace();
        if (free < bytes + SPARE) {
            throw new IOException("%s has %s free, but the model takes %s; make room or choose another --out"
                    .formatted(folder, Amounts.bytes(free), Amounts.bytes(bytes)));
        }
    }

    private final class Writing implements WriteProgress, AutoCloseable {
        private @Nullable ProgressBar bar;

        @Override
        public void written(long written, long total) {
            cancellation.check();
            if (bar == null) {
                var output = TerminalOutput.of(spec.commandLine().getErr());
                bar = ProgressBar.start(
                        "writing", ProgressUnit.BYTES, OptionalLong.of(total), TerminalInfo.detect(), output);
            }
            bar.update(written);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
