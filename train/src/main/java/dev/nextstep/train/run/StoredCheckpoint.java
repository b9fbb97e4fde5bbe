package dev.nextstep.train.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A whole checkpoint, mapped into memory. Its tensors are views of the files and end with {@link #close}. */
public final class StoredCheckpoint implements AutoCloseable {
    private static final String SUFFIX = ".safetensors";

    private final CheckpointInfo info;
    private final JsonNode state;
    private final Map<String, Safetensors> files;
    private final List<Tensor> views = new ArrayList<>();

    private StoredCheckpoint(CheckpointInfo info, JsonNode state, Map<String, Safetensors> files) {
        this.info = info;
        this.state = state;
        this.files = files;
    }

    static StoredCheckpoint open(CheckpointInfo info, JsonNode state) throws IOException {
        var files = new LinkedHashMap<String, Safetensors>();
        try (var paths = Files.list(info.folder())) {
            for (var file : paths.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    files.put(name.substring(0, name.length() - SUFFIX.length()), Safetensors.open(file));
                }
            }
        }
        return new StoredCheckpoint(info, state, files);
    }

    /** Where it is, its step and metrics. */
    public CheckpointInfo info() {
        return info;
    }

    /** Steps done. */
    public long step() {
        return info.step();
    }

    /** What was saved beside the tensors. */
    public JsonNode state() {
        return state;
    }

    /** Names of the parts. */
    public Set<String> parts() {
        return Collections.unmodifiableSet(files.keySet());
    }

    /**
     * The tensors of a part: views of the file, to be copied from only.
     *
     * @throws RunException if there is no such part
     */
    public Map<String, Tensor> tensors(String part) {
        var file = file(part);
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var name : file.names()) {
            try (var _ = new PointerScope()) {
                var view = TensorMemory.over(file.find(name).orElseThrow());
                view.retainReference();
                views.add(view);
                tensors.put(name, view);
            }
        }
        return tensors;
    }

    private Safetensors file(String part) {
        var file = files.get(part);
        if (file == null) {
            throw new RunException("checkpoint %s has no part '%s', only %s".formatted(info.folder(), part, parts()));
        }
        return file;
    }

    /**
     * Copies the tensors of a part into others, wherever those are.
     *
     * @throws RunException if a name is on one side only, or a shape differs; nothing was copied then
     */
    public void copyInto(String part, Map<String, Tensor> targets) {
        var sources = tensors(part);
        if (!sources.keySet().equals(targets.keySet())) {
            var missing = new ArrayList<>(targets.keySet());
            missing.removeAll(sources.keySet());
            var unknown = new ArrayList<>(sources.keySet());
            unknown.removeAll(targets.keySet());
            throw new RunException(
                    "part '%s' of checkpoint %s is of another model: %d tensors missing %s, %d unknown %s"
                            .formatted(
                                    part, info.folder(), missing.size(), few(missing), unknown.size(), few(unknown)));
        }
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            sources.forEach((name, source) -> requireShape(name, source.shape(), requireNonNull(targets.get(name))));
            sources.forEach((name, source) -> requireNonNull(targets.get(name)).copy_(source));
        }
    }

    private void requireShape(String name, long[] stored, Tensor target) {
        if (!Arrays.equals(stored, target.shape())) {
            throw new RunException("tensor %s of checkpoint %s has the shape %s, %s is needed"
                    .formatted(name, info.folder(), Arrays.toString(stored), Arrays.toString(target.shape())));
        }
    }

    private static List<String> few(List<String> names) {
        return names.stream().limit(3).toList();
    }

    @Override
    public void close() {
        views.forEach(Tensor::releaseReference);
        views.clear();
        files.values().forEach(Safetensors::close);
    }
}
