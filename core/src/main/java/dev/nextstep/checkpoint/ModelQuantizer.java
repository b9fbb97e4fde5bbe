package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes a model directory with smaller weights: {@code model.gguf} instead of safetensors, {@code config.json} and
 * tokenizer as they are, the image tokenizer in its own folder. Tensors keep their names and order.
 *
 * <p>Weights are streamed; a few megabytes are held in memory. Everything is made in a hidden folder beside the target and
 * takes its place in one step after every tensor has been read back and compared with the hash of what was written. A run
 * that is killed or cancelled leaves that folder, and the same call continues behind the last tensor that is safe on disk;
 * if source or plan have changed, it begins anew and says so.
 */
public final class ModelQuantizer {
    /** Written bytes after which they are forced to disk and noted in the journal. */
    private static final long SAFE_EVERY = 256L << 20;

    private final ModelDirectory source;
    private final QuantizationPlan plan;
    private final QuantizationListener listener;
    private final long safeEvery;
    private final List<Tensor> tensors;
    private final List<GgufLayout.Planned> planned;
    private final GgufLayout layout;

    private ModelQuantizer(
            ModelDirectory source, QuantizationPlan plan, QuantizationListener listener, long safeEvery) {
        this.safeEvery = safeEvery;
        this.source = source;
        this.plan = plan;
        this.listener = listener;
        TensorSource from = source.tensors().untracked();
        this.tensors =
                from.names().stream().map(n -> from.find(n).orElseThrow()).toList();
        this.planned = tensors.stream()
                .map(t -> new GgufLayout.Planned(t.name(), plan.typeOf(t), t.shape()))
                .toList();
        this.layout = GgufLayout.of(GgufMetadata.of(source.directory(), plan), planned);
    }

    /**
     * Quantises a model.
     *
     * @param source the model; not one that is quantised already
     * @param target the directory to write; its parent must exist
     * @throws CheckpointException if the source cannot be used, if a weight is NaN or infinite or does not fit its type,
     *     if the target exists and must not be replaced, if what should be replaced is not a model directory, if another
     *     process is writing it, or if writing fails
     */
    public static void quantize(
            ModelDirectory source,
            Path target,
            QuantizationPlan plan,
            IfExists ifExists,
            QuantizationListener listener) {
        quantize(source, target, plan, ifExists, listener, SAFE_EVERY);
    }

    /** The same, with the number of bytes after which what is written is made safe. */
    static void quantize(
            ModelDirectory source,
            Path target,
            QuantizationPlan plan,
            IfExists ifExists,
            QuantizationListener listener,
            long safeEvery) {
        ModelWriter.refuseForeign(target, ifExists);
        AtomicFiles.refuseExisting(target, ifExists);
        var quantizer = new ModelQuantizer(source, plan, listener, safeEvery);
        try {
            quantizer.run(target.toAbsolutePath().normalize(), ifExists);
        } catch (IOException e) {
            throw AtomicFiles.notWritten(target, e);
        }
    }

    private void run(Path target, IfExists ifExists) throws IOException {
        var work = target.resolveSibling("." + target.getFileName() + ".quantizing");
        var model = work.resolve("model");
        Files.createDirectories(model);
        try (var journal = QuantizationJournal.open(work.resolve("journal"))) {
            var hashes = new ArrayList<>(prepare(journal, model.resolve(ModelDirectory.GGUF)));
            writeTensors(journal, model.resolve(ModelDirectory.GGUF), hashes);
            writeOthers(model);
            var damaged = check(model.resolve(ModelDirectory.GGUF), hashes);
            if (damaged.isPresent()) {
                journal.begin(work()); // or the next run would trust it again
                throw CheckpointException.of(
                        model.resolve(ModelDirectory.GGUF),
                        "tensor %s is not what was written; the disk or the memory may be failing"
                                .formatted(CheckpointException.quote(damaged.get())));
            }
            AtomicFiles.place(model, target, ifExists);
        }
        AtomicFiles.deleteTree(work);
    }

    // Finds what an earlier run has left and can be used, and throws away what cannot.
    private List<String> prepare(QuantizationJournal journal, Path file) throws IOException {
        String work = work();
        var finished = journal.finished();
        boolean usable = journal.isFor(work)
                && finished.size() <= tensors.size()
                && Files.exists(file)
                && Files.size(file) >= end(finished.size())
                && Files.size(file) >= layout.header().length;
        if (usable) {
            if (!finished.isEmpty()) {
                listener.resumed(finished.size(), tensors.size());
            }
            return finished;
        }
        if (!journal.isNew()) {
            listener.startedAnew(
                    journal.isFor(work)
                            ? "what an earlier run left is damaged"
                            : "an earlier run was of another model or with other options");
        }
        Files.deleteIfExists(file);
        Files.write(file, layout.header(), StandardOpenOption.CREATE_NEW);
        journal.begin(work);
        return List.of();
    }

    /** Byte behind the first {@code count} tensors. */
    private long end(int count) {
        return count == 0
                ? layout.header().length
                : layout.offsets().get(count - 1) + planned.get(count - 1).bytes();
    }

    // What is made of what: the header says the former, the files of the source with size and time the latter.
    private String work() throws IOException {
        var text = new StringBuilder(HexFormat.of().formatHex(Sha256.of(layout.header())));
        try (var files = Files.walk(source.directory().toRealPath(), 1)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append('\n')
                        .append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ');
                text.append(Files.getLastModifiedTime(file));
            }
        }
        return HexFormat.of().formatHex(Sha256.of(text.toString()));
    }

    private void writeTensors(QuantizationJournal journal, Path file, List<String> hashes) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end(hashes.size())).position(end(hashes.size()));
            var unsafe = new ArrayList<String>();
            long safe = channel.position();
            for (int i = hashes.size(); i < tensors.size(); i++) {
                GgufWriter.fill(channel, layout.offsets().get(i));
                unsafe.add(write(channel, i));
                if (channel.position() - safe >= safeEvery) {
                    safe = makeSafe(channel, journal, unsafe, hashes);
                }
            }
            GgufWriter.fill(channel, layout.fileBytes());
            makeSafe(channel, journal, unsafe, hashes);
        }
    }

    private static long makeSafe(
            FileChannel channel, QuantizationJournal journal, List<String> unsafe, List<String> hashes)
            throws IOException {
        channel.force(true);
        journal.append(unsafe);
        hashes.addAll(unsafe);
        unsafe.clear();
        return channel.position();
    }

    private String write(FileChannel channel, int index) throws IOException {
        var tensor = tensors.get(index);
        var digest = Sha256.digest();
        for (long from = 0; from < tensor.elements(); from += TensorEncoder.STRETCH) {
            int n = (int) Math.min(TensorEncoder.STRETCH, tensor.elements() - from);
            byte[] bytes =
                    TensorEncoder.encode(tensor, from, n, planned.get(index).type());
            digest.update(bytes);
            GgufWriter.write(channel, ByteBuffer.wrap(bytes));
            listener.written(channel.position(), layout.fileBytes());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void writeOthers(Path model) throws IOException {
        try (var left = Files.list(model)) { // by a run that was killed here
            for (var path : left.filter(p -> !p.endsWith(ModelDirectory.GGUF)).toList()) {
                AtomicFiles.deleteTree(path);
            }
        }
        ModelWriter.writeOthers(model, ModelContents.of(source), plan.imageTokenizer());
    }

    /** The first tensor that cannot be read back as it was written. */
    private Optional<String> check(Path file, List<String> hashes) {
        try (var written = Gguf.open(file)) {
            long done = 0;
            for (int i = 0; i < tensors.size(); i++) {
                var expected = planned.get(i);
                var found = written.find(expected.name()).orElseThrow();
                boolean same = found.type() == expected.type()
                        && found.shape().equals(expected.shape())
                        && Objects.equals(hash(found), hashes.get(i));
                if (!same) {
                    return Optional.of(expected.name());
                }
                done += found.data().byteSize();
                listener.checked(done, layout.fileBytes());
            }
            return Optional.empty();
        }
    }

    private static String hash(Tensor tensor) {
        MessageDigest digest = Sha256.digest();
        Sha256.update(digest, tensor.data());
        return HexFormat.of().formatHex(digest.digest());
    }
}
