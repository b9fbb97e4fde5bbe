package dev.nextstep.train.recipe;

import dev.nextstep.data.caption.TagAugmentation;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.ModelLessonSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Training of language model, projectors and flow head.
 *
 * @param run what every run needs to know
 * @param from model directory to start from, with its tokenizers; empty for a new model
 * @param shape of a new model; not used with {@code from}
 * @param imageTokenizer folder of the image tokenizer; not used with {@code from}
 * @param vocabularySize tokens of the text vocabulary that is learned from the captions of a new model
 * @param lesson objective, noise, rows
 * @param fit how pictures get their size
 * @param packing of samples into rows
 * @param dropText how often a captioned picture comes before its caption
 * @param tags changes of edits and interleaved samples
 * @param maxPictures most pictures of an interleaved sample
 * @param training samples to learn from
 * @param validation samples that are held out; may be empty
 */
public record TransformerRecipe(
        RunSettings run,
        Optional<Path> from,
        ModelShape shape,
        Optional<Path> imageTokenizer,
        int vocabularySize,
        ModelLessonSettings lesson,
        SourceFit fit,
        Packing packing,
        double dropText,
        TagAugmentation tags,
        int maxPictures,
        List<DataEntry> training,
        List<DataEntry> validation)
        implements TrainingRecipe {
    /** The word under {@code kind}. */
    public static final String KIND = "transformer";

    /** Copies the lists. */
    public TransformerRecipe {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        if (from.isEmpty() && imageTokenizer.isEmpty()) {
            throw new IllegalArgumentException(
                    "a new model needs image_tokenizer, the folder of a trained image tokenizer");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
