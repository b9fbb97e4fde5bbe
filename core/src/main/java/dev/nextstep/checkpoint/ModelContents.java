package dev.nextstep.checkpoint;

import dev.nextstep.tensor.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that a model directory consists of.
 *
 * @param configJson text of {@code config.json}
 * @param tensors language model, projectors and flow head
 * @param vaeConfig settings of the image tokenizer
 * @param vaeTensors its weights, under Flux names
 * @param otherFiles files that are copied as they are: the text tokenizer's, the settings that suit the model,
 *     and what its makers ask to be kept with it
 */
public record ModelContents(
        String configJson, TensorSource tensors, VaeConfig vaeConfig, TensorSource vaeTensors, List<Path> otherFiles) {

    private static final List<String> OTHER_FILES = List.of(
            TaskDefaults.FILE,
            "README.md",
            "LICENSE",
            "NOTICE",
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.json",
            "merges.txt",
            "added_tokens.json",
            "special_tokens_map.json",
            "generation_config.json");

    public ModelContents {
        otherFiles = List.copyOf(otherFiles);
    }

    /** What an opened directory holds, including tensors that no model asks for. */
    public static ModelContents of(ModelDirectory model) {
        return new ModelContents(
                model.config().json(),
                model.tensors().untracked(),
                model.vae().config(),
                model.vae().tensors().untracked(),
                OTHER_FILES.stream()
                        .map(model.directory()::resolve)
                        .filter(Files::isRegularFile)
                        .toList());
    }
}
