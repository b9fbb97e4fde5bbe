package dev.nextstep.cli;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.EnumMap;
import java.util.Map;

/** The parts of a model as people count its parameters; a tensor's name says which it belongs to (spec §2.2, §2.3). */
enum ModelPart {
    EMBEDDING("embedding"),
    TRANSFORMER("transformer"),
    LM_HEAD("LM head"),
    PROJECTORS("projectors"),
    FLOW_HEAD("flow head"),
    ENCODER("image tokenizer: encoder"),
    DECODER("image tokenizer: decoder"),
    OTHER("other");

    private final String title;

    ModelPart(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static ModelPart of(String tensorName) {
        int dot = tensorName.indexOf('.');
        return switch (dot < 0 ? tensorName : tensorName.substring(0, dot)) {
            case "embed_tokens" -> EMBEDDING;
            case "layers", "norm" -> TRANSFORMER;
            case "lm_head", "before_lm_head" -> LM_HEAD;
            case "image_in_projector", "image_out_projector" -> PROJECTORS;
            case "image_head" -> FLOW_HEAD;
            case "encoder" -> ENCODER;
            case "decoder" -> DECODER;
            default -> OTHER;
        };
    }

    /**
     * Sizes of a part.
     *
     * @param tensors number of tensors
     * @param parameters number of values
     * @param storedBytes bytes in the file
     */
    record Size(int tensors, long parameters, long storedBytes) {
        static final Size NONE = new Size(0, 0, 0);

        Size plus(Size other) {
            return new Size(tensors + other.tensors, parameters + other.parameters, storedBytes + other.storedBytes);
        }

        static Size of(Tensor tensor) {
            return new Size(1, tensor.elements(), tensor.data().byteSize());
        }
    }

    /** Sizes of the parts that a source holds, in the order of this enumeration. */
    static Map<ModelPart, Size> sizes(TensorSource source) {
        var sizes = new EnumMap<ModelPart, Size>(ModelPart.class);
        for (var name : source.names()) {
            source.find(name).ifPresent(t -> sizes.merge(of(name), Size.of(t), Size::plus));
        }
        return sizes;
    }
}
