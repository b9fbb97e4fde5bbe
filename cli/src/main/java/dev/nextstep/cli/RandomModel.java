package dev.nextstep.cli;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelContents;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.flow.FlowHead;
import dev.nextstep.flow.Projectors;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.transformer.Transformer;
import dev.nextstep.vae.ImageTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A model of random weights, written in their format straight away. What tensors it has, the model rooms say themselves. */
final class RandomModel {
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.json",
            "merges.txt",
            "added_tokens.json",
            "special_tokens_map.json");

    private final ModelShape shape;
    private final QuantizationPlan plan;
    private final long seed;

    RandomModel(ModelShape shape, QuantizationPlan plan, long seed) {
        this.shape = shape;
        this.plan = plan;
        this.seed = seed;
    }

    /** Everything that its directory consists of; the text tokenizer is that of another model. */
    ModelContents contents(ModelDirectory like) {
        String json = shape.configJson(like.config().tokens());
        var config = ModelConfig.parse(Path.of("config.json"), json);
        var files = TOKENIZER_FILES.stream()
                .map(like.directory()::resolve)
                .filter(Files::isRegularFile)
                .toList();
        return new ModelContents(json, model(config), shape.vae(), imageTokenizer(), files);
    }

    private TensorSource model(ModelConfig config) {
        var weights =
                new RandomWeights(Set.of(), (name, dimensions) -> plan.typeOf(name, DataType.F32, dimensions), seed);
        weights.askedBy(() -> new Transformer(config, weights, Precision.FP32, RopeFrequencies.FP32));
        weights.askedBy(() -> Transformer.languageHead(config, weights, Precision.FP32));
        weights.askedBy(() -> new Projectors(config, weights, Precision.FP32));
        weights.askedBy(() -> new FlowHead(config, weights, Precision.FP32));
        return weights;
    }

    private TensorSource imageTokenizer() {
        // Both halves ask for their tensors only if there are some.
        var weights = new RandomWeights(Set.of("encoder.", "decoder."), (name, dimensions) -> DataType.F16, seed + 1);
        try (var team = ThreadTeam.of(1)) {
            weights.askedBy(() -> ImageTokenizer.load(shape.vae(), weights, team));
            return weights;
        }
    }

    /** Bytes of all weights. */
    static long bytes(ModelContents contents) {
        long bytes = 0;
        for (var source : List.of(contents.tensors(), contents.vaeTensors())) {
            for (var name : source.names()) {
                bytes += source.find(name).orElseThrow().data().byteSize();
            }
        }
        return bytes;
    }
}
