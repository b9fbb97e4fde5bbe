package dev.nextstep.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this program writes about a file of weights into its header; docs/gguf.md explains each key. */
final class GgufMetadata {
    static final String ARCHITECTURE = "nextstep";

    /** Version of the block formats that llama.cpp's programs ask for. */
    private static final int QUANTIZATION_VERSION = 2;

    private GgufMetadata() {}

    /** For weights of a directory of that name. */
    static Map<String, GgufValue> of(Path directory) {
        var metadata = new LinkedHashMap<String, GgufValue>();
        metadata.put("general.architecture", new GgufValue.Text(ARCHITECTURE));
        metadata.put("general.type", new GgufValue.Text("model"));
        var name = directory.toAbsolutePath().normalize().getFileName();
        metadata.put("general.name", new GgufValue.Text(String.valueOf(name)));
        metadata.put("general.quantization_version", new GgufValue.Whole(QUANTIZATION_VERSION));
        metadata.put(GgufHeader.ALIGNMENT_KEY, new GgufValue.Whole(GgufHeader.ALIGNMENT));
        return metadata;
    }

    /** The same for weights that were quantised by a plan. */
    static Map<String, GgufValue> of(Path directory, QuantizationPlan plan) {
        var metadata = of(directory);
        metadata.put("general.file_type", new GgufValue.Whole(fileType(plan.layers())));
        metadata.put("nextstep.format.layers", new GgufValue.Text(plan.layers().id()));
        metadata.put(
                "nextstep.format.embeddings",
                new GgufValue.Text(plan.embeddings().id()));
        metadata.put(
                "nextstep.format.language_head",
                new GgufValue.Text(plan.languageHead().id()));
        metadata.put(
                "nextstep.format.projectors",
                new GgufValue.Text(plan.projectors().id()));
        metadata.put(
                "nextstep.format.flow_head", new GgufValue.Text(plan.flowHead().id()));
        return metadata;
    }

    // llama.cpp's numbers for what most of a file is.
    private static int fileType(StoredFormat format) {
        return switch (format) {
            case FP32 -> 0;
            case SAME, HALF, FP16 -> 1;
            case Q4_0 -> 2;
            case Q8_0 -> 7;
            case Q4_K -> 14;
            case BF16 -> 32;
        };
    }
}
