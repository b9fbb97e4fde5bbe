package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.VaeShapes;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * How many numbers the parts of a network have.
 *
 * @param parts by name, in the order of the network
 */
public record ParameterCounts(SequencedMap<String, Long> parts) {
    /** Copies the map. */
    public ParameterCounts {
        parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
    }

    /** Of language model, projectors and flow head (spec §2.2). */
    public static ParameterCounts of(ModelConfig config) {
        return of(ModelShapes.of(config), ParameterCounts::modelPart);
    }

    /** Of an image tokenizer (spec §2.3). */
    public static ParameterCounts of(VaeConfig config) {
        return of(VaeShapes.of(config), name -> name.startsWith("encoder.") ? "encoder" : "decoder");
    }

    private static ParameterCounts of(Map<String, long[]> shapes, UnaryOperator<String> part) {
        var parts = new LinkedHashMap<String, Long>();
        shapes.forEach((name, shape) -> parts.merge(part.apply(name), elements(shape), Long::sum));
        return new ParameterCounts(parts);
    }

    private static String modelPart(String name) {
        if (name.startsWith("layers.") || name.startsWith("norm.")) {
            return "transformer";
        }
        String first = name.substring(0, name.indexOf('.'));
        return switch (first) {
            case "embed_tokens" -> "embedding";
            case "lm_head" -> "LM head";
            case "image_head" -> "flow head";
            default -> "projectors";
        };
    }

    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Of one part; 0 if there is none of that name. */
    double of(String part) {
        return (double) parts.getOrDefault(part, 0L);
    }

    /** Of all parts. */
    public long total() {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
