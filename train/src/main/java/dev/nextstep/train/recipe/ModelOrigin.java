package dev.nextstep.train.recipe;

import java.nio.file.Path;
import java.util.Optional;

/** What the training of a model starts from. */
public sealed interface ModelOrigin {
    /**
     * A model of an earlier stage, with its tokenizers.
     *
     * @param model a model directory
     * @param imageTokenizer folder of the image tokenizer that takes the place of the model's own, such as one whose decoder
     *     was trained further; empty to keep the model's
     */
    record Continued(Path model, Optional<Path> imageTokenizer) implements ModelOrigin {}

    /**
     * A language model of the Qwen2 family, whose sizes, weights and text tokenizer are taken; projectors and flow head are
     * fresh, and the special tokens of pictures follow behind its own (paper §2.1; spec §1.3, §8.1).
     *
     * @param folder in the layout of the Hugging Face hub
     * @param imageTokenizer folder of the trained image tokenizer
     */
    record LanguageModel(Path folder, Path imageTokenizer) implements ModelOrigin {}

    /**
     * Nothing but an image tokenizer: all weights are fresh, and the vocabulary is learned from the captions.
     *
     * @param imageTokenizer folder of the trained image tokenizer
     */
    record Fresh(Path imageTokenizer) implements ModelOrigin {}
}
