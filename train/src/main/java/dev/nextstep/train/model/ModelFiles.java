package dev.nextstep.train.model;

import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelContents;
import dev.nextstep.checkpoint.ModelWriter;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.torch.Weights;
import dev.nextstep.torch.WeightsSource;
import java.nio.file.Path;
import java.util.List;

/**
 * What belongs to a model beside the weights that are trained.
 *
 * @param config the model's
 * @param vaeConfig the image tokenizer's
 * @param vae its weights
 * @param otherFiles text tokenizer, settings and notices, copied as they are
 */
public record ModelFiles(ModelConfig config, VaeConfig vaeConfig, TensorSource vae, List<Path> otherFiles) {
    /** Copies the list. */
    public ModelFiles {
        otherFiles = List.copyOf(otherFiles);
    }

    /**
     * Writes a model directory in the official layout.
     *
     * @param folder is replaced if it is a model directory
     * @param type of the weights in the files
     */
    void write(Weights weights, Path folder, WeightType type) {
        var contents = new ModelContents(
                config.json(), new WeightsSource("weights in training", weights), vaeConfig, vae, otherFiles);
        var standard = ModelWriter.Options.standard();
        ModelWriter.write(
                folder,
                contents,
                new ModelWriter.Options(type, WeightType.AS_IS, standard.maxShardBytes()),
                IfExists.REPLACE);
    }
}
