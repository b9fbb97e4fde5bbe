package dev.nextstep.fuzz;

import dev.nextstep.image.PictureFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All targets by name. */
final class FuzzTargets {
    private static final Map<String, Supplier<FuzzTarget>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("safetensors", SafetensorsFuzz::new),
            Map.entry("gguf", GgufFuzz::new),
            Map.entry("shard-index", ShardIndexFuzz::new),
            Map.entry("torch-zip", TorchZipFuzz::new),
            Map.entry("torch-pickle", TorchPickleFuzz::new),
            Map.entry("tokenizer-json", TokenizerJsonFuzz::new),
            Map.entry("model-config", ModelConfigFuzz::new),
            Map.entry("vae-config", VaeConfigFuzz::new),
            Map.entry("png", PngFuzz::new),
            Map.entry("jpeg", () -> new PictureFuzz("jpg", PictureFormat.JPEG)),
            Map.entry("webp", () -> new PictureFuzz("webp", PictureFormat.WEBP)),
            Map.entry("gif", () -> new PictureFuzz("gif")),
            Map.entry("bmp", () -> new PictureFuzz("bmp")),
            Map.entry("png-texts", () -> new PictureTextsFuzz(PictureFormat.PNG)),
            Map.entry("jpeg-texts", () -> new PictureTextsFuzz(PictureFormat.JPEG)),
            Map.entry("webp-texts", () -> new PictureTextsFuzz(PictureFormat.WEBP)),
            Map.entry("generation-parameters", GenerationParametersFuzz::new),
            Map.entry("snapshot", SnapshotFuzz::new),
            Map.entry("prompt-text", PromptTextFuzz::new)));

    private FuzzTargets() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    static FuzzTarget named(String name) {
        var maker = ALL.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + names());
        }
        return maker.get();
    }
}
