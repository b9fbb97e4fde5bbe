package dev.nextstep;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Tells models apart without reading all of their weights: a hash over {@code config.json}, the text tokenizer, and of each
 * tensor the name, type, shape and three samples of its bytes. Takes a moment for any model; training one step changes it.
 */
final class ModelFingerprint {
    private static final int SAMPLE = 256;

    private ModelFingerprint() {}

    /** 64 hexadecimal digits. */
    static String of(ModelDirectory directory) {
        var hash = SourcePicture.newSha256();
        addFile(hash, directory.directory().resolve("config.json"));
        addFile(hash, directory.tokenizerFile());
        addAll(hash, directory.tensors());
        addAll(hash, directory.vae().tensors());
        return HexFormat.of().formatHex(hash.digest());
    }

    private static void addFile(MessageDigest hash, Path file) {
        try {
            hash.update(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SnapshotException("%s cannot be read, which tells the model".formatted(file), e);
        }
    }

    private static void addAll(MessageDigest hash, TensorSource tensors) {
        for (var name : new TreeSet<>(tensors.names())) {
            tensors.find(name).ifPresent(tensor -> add(hash, tensor));
        }
    }

    private static void add(MessageDigest hash, Tensor tensor) {
        var data = tensor.data();
        long size = data.byteSize();
        hash.update("%s %s %s %d\n"
                .formatted(tensor.name(), tensor.type(), tensor.shape(), size)
                .getBytes(StandardCharsets.UTF_8));
        int n = (int) Math.min(SAMPLE, size);
        for (long at : new long[] {0, (size - n) / 2, size - n}) {
            hash.update(data.asSlice(at, n).toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
