package dev.nextstep.cli;

import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelContents;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelWriter;
import dev.nextstep.checkpoint.OpenedWeights;
import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.checkpoint.SafetensorsWriter;
import dev.nextstep.checkpoint.TorchWriter;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.checkpoint.WriteProgress;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nextstep convert}: weights in another type or format. */
@Command(
        name = "convert",
        description = {
            "Write a model directory anew, with weights in another type or in other shards; PyTorch files "
                    + "become safetensors.",
            "Quantised weights stay in one model.gguf, or are widened if a type is given. Or write one .pt, "
                    + ".safetensors or .gguf file as a .safetensors or .pt file; the official code reads image "
                    + "tokenizers as .pt only. What is written takes its place in one step when it is complete, and is "
                    + "opened again to check it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep convert DIR DIR-bf16 --type bf16",
            "  ./nextstep convert DIR DIR-small-files --shard-size 2GB",
            "  ./nextstep convert vae/checkpoint.pt vae.safetensors --type fp16",
            "  ./nextstep convert vae/checkpoint.safetensors vae/checkpoint.pt",
        })
final class ConvertCommand implements Callable<Integer> {

    /** Reads the name of a type. */
    static final class TypeConverter implements ITypeConverter<WeightType> {
        @Override
        public WeightType convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "fp32", "f32", "float32" -> WeightType.FLOAT32;
                case "fp16", "f16", "float16" -> WeightType.FLOAT16;
                case "bf16", "bfloat16" -> WeightType.BFLOAT16;
                case "same" -> WeightType.AS_IS;
                default -> throw new TypeConversionException("'%s' is none of fp32, fp16, bf16, same".formatted(value));
            };
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SRC",
            description = "A model directory, or a .pt, .safetensors or .gguf file.")
    private Path source = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "DST",
            description = "The directory, or the .safetensors or .pt file, to write.")
    private Path target = Path.of("");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            completionCandidates = Candidates.WeightTypes.class,
            description = "fp32, fp16, bf16, or same as stored, which is the default.")
    private WeightType type = WeightType.AS_IS;

    @Option(
            names = "--vae-type",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            completionCandidates = Candidates.WeightTypes.class,
            description = "The same for the image tokenizer, which needs its precision more.")
    private WeightType vaeType = WeightType.AS_IS;

    @Option(
            names = "--shard-size",
            paramLabel = "SIZE",
            converter = Amounts.BytesConverter.class,
            description = "Largest file, such as 5GB, 500MB or 2GiB (default: 5GB).")
    private long shardSize = ModelWriter.Options.standard().maxShardBytes();

    @Option(names = "--force", description = "Replace DST if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    private final Cancellation cancellation = new Cancellation();
    private boolean inPlace;

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        if (shardSize < 1) {
            throw new ParameterException(spec.commandLine(), "--shard-size must be at least one byte");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(target) && Files.isSameFile(source, target)) {
                throw new ParameterException(spec.commandLine(), "SRC and DST are the same");
            }
            if (!force) {
                throw new FileAlreadyExistsException(target.toString(), null, "--force replaces it");
            }
        }
        TextFile.requireFolder(target);
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"))) {
            return convert();
        }
    }

    private int convert() {
        try {
            if (Files.isDirectory(source)) {
                convertModel();
            } else {
                convertFile();
            }
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            note(
                    inPlace
                            ? "cancelled while %s was compared with its source; it is complete".formatted(target)
                            : "cancelled; nothing of it is left, the same command begins again");
            return ExitCode.CANCELLED.number();
        }
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }

    private IfExists ifExists() {
        return force ? IfExists.REPLACE : IfExists.REFUSE;
    }

    private void convertModel() {
        try (var from = ModelDirectory.open(source)) {
            var options = new ModelWriter.Options(type, vaeType, shardSize);
            try (var progress = new Writing()) {
                if (type == WeightType.AS_IS && isQuantised(from)) {
                    ModelWriter.writeGguf(target, ModelContents.of(from), vaeType, ifExists(), progress);
                } else {
                    ModelWriter.write(target, ModelContents.of(from), options, ifExists(), progress);
                }
                inPlace = true;
            }
            try (var to = ModelDirectory.open(target)) {
                var check = new ConversionCheck(cancellation);
                check.compare(from.tensors(), to.tensors(), type);
                check.compare(from.vae().tensors(), to.vae().tensors(), vaeType);
                NextStep.open(target).close(); // everything is there that drawing needs
                report(check);
            }
        }
    }

    private static boolean isQuantised(ModelDirectory model) {
        return model.tensors().names().stream()
                .anyMatch(
                        name -> model.tensors().find(name).orElseThrow().type().isBlocks());
    }

    private void convertFile() {
        boolean torch = target.toString().endsWith(".pt");
        if (!torch && !target.toString().endsWith(".safetensors")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "SRC is a file, so DST must be one that ends in .safetensors or .pt, not " + target);
        }
        try (var from = OpenedWeights.open(source)) {
            var tensors = from.source().names().stream()
                    .map(name -> from.source().find(name).orElseThrow())
                    .toList();
            var metadata =
                    from.source() instanceof Safetensors s && !s.metadata().isEmpty()
                            ? s.metadata()
                            : Map.of("format", "pt");
            if (torch) {
                TorchWriter.write(target, tensors, type, ifExists());
                inPlace = true;
            } else {
                try (var progress = new Writing()) {
                    SafetensorsWriter.write(target, tensors, metadata, type, ifExists(), progress);
                    inPlace = true;
                }
            }
            try (var to = OpenedWeights.open(target)) {
                var check = new ConversionCheck(cancellation);
                check.compare(from.source(), to.source(), type);
                report(check);
            }
        }
    }

    private void report(ConversionCheck check) {
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("target", target);
            members.put("tensors", check.tensors());
            members.put("bytes", check.bytes());
            JsonReport.print(out, members);
        } else {
            out.println("%s: %d tensors, %s, opened again and compared"
                    .formatted(target, check.tensors(), Amounts.bytes(check.bytes())));
        }
    }

    /** A bar that begins with the first piece, when the total is known. */
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
