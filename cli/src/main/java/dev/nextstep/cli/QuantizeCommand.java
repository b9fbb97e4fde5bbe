package dev.nextstep.cli;

import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelQuantizer;
import dev.nextstep.checkpoint.QuantizationListener;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.tensor.DataType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
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

/** {@code nextstep quantize}: a model with smaller weights. */
@Command(
        name = "quantize",
        description = {
            "Write a model directory whose weights take a half to a quarter of the memory; every command "
                    + "takes it as a model.",
            "Transformer, embeddings and LM head get the format of --to; flow head, projectors and image "
                    + "tokenizer stay finer. What is written takes its place in one step when all of it has been read "
                    + "back and compared. A run that was stopped is continued by the same command."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Formats: q8_0 (8.5 bits a weight), q4_k and q4_0 (4.5 bits), as llama.cpp stores them; fp32, fp16, bf16;",
            "half (fp16, or bf16 where it is that already); same (as stored).",
            "",
            "Examples:",
            "  ./nextstep quantize models/emoji --to q8_0",
            "  ./nextstep quantize org/model --to q4_k --embeddings q8_0 --out model-small",
            "  ./nextstep generate \"a red heart\" --model model-small",
        })
final class QuantizeCommand implements Callable<Integer> {
    /** Room for what is not weights: configuration, tokenizer, journal. */
    private static final long OTHER_FILES = 64L << 20;

    /** Reads the name of a format. */
    static class FormatConverter implements ITypeConverter<StoredFormat> {
        @Override
        public StoredFormat convert(String value) {
            return StoredFormat.named(value.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException("'%s' is none of %s".formatted(value, names())));
        }

        static String names() {
            return String.join(
                    ", ",
                    Arrays.stream(StoredFormat.values()).map(StoredFormat::id).toList());
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model directory, or org/model from the hub cache.")
    private String model = "";

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            required = true,
            converter = FormatConverter.class,
            completionCandidates = Candidates.BlockFormats.class,
            description = "q8_0, q4_k or q4_0.")
    private StoredFormat format = StoredFormat.Q8_0;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The directory to write; by default MODEL with the format added to its name.")
    private @Nullable Path out;

    @Option(
            names = "--head",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            completionCandidates = Candidates.StoredFormats.class,
            description = "Format of the flow head (default: half).")
    private @Nullable StoredFormat head;

    @Option(
            names = "--projectors",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            completionCandidates = Candidates.StoredFormats.class,
            description = "Format of the projectors between image tokens and transformer (default: half).")
    private @Nullable StoredFormat projectors;

    @Option(
            names = "--embeddings",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            completionCandidates = Candidates.StoredFormats.class,
            description = "Format of the token embeddings (default: that of --to).")
    private @Nullable StoredFormat embeddings;

    @Option(
            names = "--lm-head",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            completionCandidates = Candidates.StoredFormats.class,
            description = "Format of the LM head, which only text needs (default: that of --to).")
    private @Nullable StoredFormat languageHead;

    @Option(
            names = "--vae",
            paramLabel = "TYPE",
            converter = ConvertCommand.TypeConverter.class,
            completionCandidates = Candidates.WeightTypes.class,
            description = "Type of the image tokenizer: fp32, fp16, bf16 or same (default: fp16).")
    private WeightType imageTokenizer = WeightType.FLOAT16;

    @Option(names = "--force", description = "Replace DIR if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    private final Cancellation cancellation = new Cancellation();

    @Override
    public Integer call() throws IOException {
        if (!format.isBlocks()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is one of q8_0, q4_k, q4_0; 'nextstep convert --type %s' writes safetensors"
                            .formatted(format.id()));
        }
        var source = new ModelLocator(HubSettings.fromEnvironment()).find(model);
        var target = out == null ? defaultTarget(source) : out;
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source.toString());
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(target) && Files.isSameFile(source, target)) {
                throw new ParameterException(spec.commandLine(), "--out is the model itself");
            }
            if (!force) {
                throw new FileAlreadyExistsException(target.toString(), null, "--force replaces it");
            }
        }
        TextFile.requireFolder(target);
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"));
                var opened = ModelDirectory.open(source)) {
            quantize(opened, target);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            note("cancelled; the same command goes on where it stopped");
            return ExitCode.CANCELLED.number();
        }
    }

    // Beside a folder; a model of the hub's cache is named after its repository, in the folder where we are.
    private Path defaultTarget(Path source) {
        boolean folder = Files.isDirectory(Path.of(model));
        var name = folder
                ? source.toAbsolutePath().normalize().getFileName()
                : Path.of(model.replaceFirst("@.*", "")).getFileName();
        String small = "%s-%s".formatted(name, format.id());
        return folder ? source.toAbsolutePath().normalize().resolveSibling(small) : Path.of(small);
    }

    private QuantizationPlan plan() {
        var plan = QuantizationPlan.of(format).withImageTokenizer(imageTokenizer);
        plan = head == null ? plan : plan.withFlowHead(head);
        plan = projectors == null ? plan : plan.withProjectors(projectors);
        plan = embeddings == null ? plan : plan.withEmbeddings(embeddings);
        return languageHead == null ? plan : plan.withLanguageHead(languageHead);
    }

    private void quantize(ModelDirectory source, Path target) throws IOException {
        var plan = plan();
        requireRoom(target, plan.bytes(source));
        try (var progress = new Watching()) {
            ModelQuantizer.quantize(source, target, plan, force ? IfExists.REPLACE : IfExists.REFUSE, progress);
        }
        NextStep.open(target).close(); // everything is there that drawing needs
        try (var written = ModelDirectory.open(target)) {
            report(source, written, target);
        }
    }

    private static void requireRoom(Path target, long bytes) throws IOException {
        var folder = Objects.requireNonNullElse(target.toAbsolutePath().getParent(), target);
        long free = folder.toFile().getUsableSpace();
        if (free < bytes + OTHER_FILES) {
            throw new IOException("%s has %s free, but the model takes %s; make room or choose another --out"
                    .formatted(folder, Amounts.bytes(free), Amounts.bytes(bytes + OTHER_FILES)));
        }
    }

    private void report(ModelDirectory source, ModelDirectory written, Path target) {
        var types = new TreeMap<DataType, Integer>();
        long bytes = 0;
        long before = 0;
        for (var name : written.tensors().names()) {
            var tensor = written.tensors().find(name).orElseThrow();
            types.merge(tensor.type(), 1, Integer::sum);
            bytes += tensor.data().byteSize();
            before += source.tensors().find(name).orElseThrow().data().byteSize();
        }
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("target", target);
            members.put("bytes", bytes);
            members.put("bytes_before", before);
            var tensors = new LinkedHashMap<String, Object>();
            types.forEach((type, n) -> tensors.put(type.name().toLowerCase(Locale.ROOT), n));
            members.put("tensors", tensors);
            JsonReport.print(out, members);
        } else {
            List<String> counts = types.entrySet().stream()
                    .map(e ->
                            "%d in %s".formatted(e.getValue(), e.getKey().name().toLowerCase(Locale.ROOT)))
                    .toList();
            out.println("%s: %s instead of %s, tensors: %s; read back and compared"
                    .formatted(target, Amounts.bytes(bytes), Amounts.bytes(before), String.join(", ", counts)));
        }
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }

    /** A bar for writing and one for reading back, each from its first piece on. */
    private final class Watching implements QuantizationListener, AutoCloseable {
        private @Nullable ProgressBar bar;
        private String stage = "";

        @Override
        public void resumed(int finishedTensors, int tensors) {
            note("goes on behind tensor %d of %d, where an earlier run stopped".formatted(finishedTensors, tensors));
        }

        @Override
        public void startedAnew(String reason) {
            note("begins anew: " + reason);
        }

        @Override
        public void written(long bytes, long total) {
            update("quantising", bytes, total);
        }

        @Override
        public void checked(long bytes, long total) {
            update("reading back", bytes, total);
        }

        private void update(String now, long bytes, long total) {
            cancellation.check();
            if (!now.equals(stage)) {
                close();
                stage = now;
                var output = TerminalOutput.of(spec.commandLine().getErr());
                bar = ProgressBar.start(now, ProgressUnit.BYTES, OptionalLong.of(total), TerminalInfo.detect(), output);
            }
            if (bar != null) {
                bar.update(bytes);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
