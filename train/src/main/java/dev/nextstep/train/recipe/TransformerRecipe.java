package dev.nextstep.train.recipe;

import dev.nextstep.data.caption.TagAugmentation;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.ModelLessonSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Training of language model, projectors and flow head.
 *
 * @param run what every run needs to know
 * @param origin what it starts from
 * @param shape sizes as the recipe gives them. Of a new model they are followed, the paper's if there are none; with a
 *     language model only flow head and patch are; a continued model has its own, and these are for plans made before it
 *     is there
 * @param vocabularySize of a new model the tokens that are learned from its captions, else, for plans, the rows of the
 *     embedding
 * @param lesson objective, noise, rows
 * @param fit how pictures get their size, where their data set does not say
 * @param packing of samples into rows
 * @param dropText how often a captioned picture comes before its caption
 * @param tags changes of edits and interleaved samples
 * @param maxPictures most pictures of an interleaved sample
 * @param training samples to learn from
 * @param validation samples that are held out; may be empty
 */
public record TransformerRecipe(
        RunSettings run,
        ModelOrigin origin,
        Optional<ModelShape> shape,
        OptionalInt vocabularySize,
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

    /** Tokens that are learned for a new model if the recipe does not say. */
    public static final int USUAL_VOCABULARY = 4096;

    /** Copies the lists. */
    public TransformerRecipe {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /** How the pictures of one of its data sets get their size. */
    public SourceFit fit(DataEntry entry) {
        return entry.fit().orElse(fit);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
