package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.util.List;

/**
 * Which part of a model is stored in which format. Only matrices are changed: vectors (norms, biases) become fp32,
 * and what has more than two dimensions keeps its type.
 *
 * @param layers matrices of the transformer: attention and MLP
 * @param embeddings the table of token embeddings; also the LM head if that is tied to it
 * @param languageHead the LM head, which only writing text needs
 * @param projectors between image tokens and the transformer
 * @param flowHead the flow-matching head, whose errors go into every sampling step
 * @param imageTokenizer how {@code vae/checkpoint.safetensors} is written
 */
public record QuantizationPlan(
        StoredFormat layers,
        StoredFormat embeddings,
        StoredFormat languageHead,
        StoredFormat projectors,
        StoredFormat flowHead,
        WeightType imageTokenizer) {

    /** Transformer, embeddings and LM head in that format; projectors and flow head in 16 bits, image tokenizer in fp16. */
    public static QuantizationPlan of(StoredFormat format) {
        return new QuantizationPlan(format, format, format, StoredFormat.HALF, StoredFormat.HALF, WeightType.FLOAT16);
    }

    /** The same with another format of the embeddings. */
    public QuantizationPlan withEmbeddings(StoredFormat format) {
        return new QuantizationPlan(layers, format, languageHead, projectors, flowHead, imageTokenizer);
    }

    /** The same with another format of the LM head. */
    public QuantizationPlan withLanguageHead(StoredFormat format) {
        return new QuantizationPlan(layers, embeddings, format, projectors, flowHead, imageTokenizer);
    }

    /** The same with another format of the projectors. */
    public QuantizationPlan withProjectors(StoredFormat format) {
        return new QuantizationPlan(layers, embeddings, languageHead, format, flowHead, imageTokenizer);
    }

    /** The same with another format of the flow head. */
    public QuantizationPlan withFlowHead(StoredFormat format) {
        return new QuantizationPlan(layers, embeddings, languageHead, projectors, format, imageTokenizer);
    }

    /** The same with another type of the image tokenizer. */
    public QuantizationPlan withImageTokenizer(WeightType type) {
        return new QuantizationPlan(layers, embeddings, languageHead, projectors, flowHead, type);
    }

    /**
     * The type that a tensor gets.
     *
     * @param name its name without prefix (spec §2.2)
     * @param type the type that it has
     * @param shape outermost dimension first
     */
    public DataType typeOf(String name, DataType type, List<Long> shape) {
        return switch (shape.size()) {
            case 0, 1 -> DataType.F32;
            case 2 -> formatOf(name).of(type, shape.getLast());
            default -> type;
        };
    }

    /**
     * The type that a tensor gets which is going to be quantised.
     *
     * @throws CheckpointException if it is not of a type that weights are quantised from
     */
    DataType typeOf(Tensor tensor) {
        if (!tensor.type().isWeight() || tensor.type().isBlocks()) {
            throw new CheckpointException("tensor %s cannot be quantised; %s"
                    .formatted(
                            CheckpointException.quote(tensor.toString()),
                            tensor.type().isBlocks()
                                    ? "it is already, so take the model that it was made from"
                                    : "expected F32, F16 or BF16"));
        }
        return typeOf(tensor.name(), tensor.type(), tensor.shape());
    }

    /** Bytes of all weights of a model stored by this plan, image tokenizer included; also of one that is quantised already. */
    public long bytes(ModelDirectory model) {
        long bytes = 0;
        var tensors = model.tensors().untracked();
        for (var name : tensors.names()) {
            var tensor = tensors.find(name).orElseThrow();
            bytes += typeOf(name, tensor.type(), tensor.shape()).bytes(tensor.elements());
        }
        var vae = model.vae().tensors().untracked();
        for (var name : vae.names()) {
            var tensor = vae.find(name).orElseThrow();
            bytes += imageTokenizer.of(tensor.type()).bytes(tensor.elements());
        }
        return bytes;
    }

    private StoredFormat formatOf(String name) {
        int dot = name.indexOf('.');
        return switch (dot < 0 ? name : name.substring(0, dot)) {
            case "embed_tokens" -> embeddings;
            case "lm_head", "before_lm_head" -> languageHead;
            case "image_in_projector", "image_out_projector" -> projectors;
            case "image_head" -> flowHead;
            default -> layers;
        };
    }
}
