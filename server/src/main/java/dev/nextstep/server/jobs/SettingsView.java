package dev.nextstep.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.drawing.Branch;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a job draws, under the names of the parameters that ask for it.
 *
 * @param model name of the model
 * @param prompt the prompts
 * @param n pictures for each of them
 * @param size of each picture
 * @param outputFormat kind of the files
 * @param seed of all pictures
 * @param steps sampling steps of each token
 * @param sampler its id
 * @param guidanceScale guidance by words
 * @param imageGuidanceScale guidance by source pictures, of an edit
 * @param timestepShift shift of the sampling times
 * @param positivePrompt words added
 * @param negativePrompt text of the unconditional row
 * @param partialImages pictures of finished rows
 * @param images source pictures
 * @param lateSteps other steps for later tokens
 * @param guidanceEvery at which evaluations guidance is computed
 * @param branches other seeds from later rows on
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record SettingsView(
        @Doc("Name of the model.") String model,
        @Doc("The prompts.") List<String> prompt,
        @Doc("Pictures for each of them.") int n,

        @Doc("Width and height of each picture, such as '512x512'.")
        String size,

        @Doc("Kind of the files.") String outputFormat,
        @Doc("Seed of all pictures.") long seed,
        @Doc("Sampling steps of each image token.") int steps,
        @Doc("How image tokens are sampled.") String sampler,
        @Doc("How closely the words are followed.") float guidanceScale,

        @Doc("How closely source pictures are followed; of an edit.")
        Optional<Float> imageGuidanceScale,

        @Doc("Shift of the sampling times.") float timestepShift,
        @Doc("Words that are added to each prompt.") String positivePrompt,
        @Doc("What to keep away from.") String negativePrompt,
        @Doc("Pictures of finished rows on the way.") int partialImages,
        @Doc("Number of source pictures.") int images,

        @Doc("Other steps for later tokens, such as '8@0.5' behind half of the picture, or 'off'.")
        Optional<String> lateSteps,

        @Doc("At every how many evaluations of a token guidance is computed anew.")
        Optional<Integer> guidanceEvery,

        @Doc("Other seeds from later rows on.") List<Branch> branches) {

    static SettingsView of(PictureRequest request) {
        return new SettingsView(
                request.model(),
                request.prompts(),
                request.count(),
                request.width() + "x" + request.height(),
                request.format().name().toLowerCase(Locale.ROOT),
                request.seed(),
                request.steps(),
                request.sampler(),
                request.guidanceScale(),
                request.task() == Task.EDIT ? Optional.of(request.imageGuidanceScale()) : Optional.empty(),
                request.timestepShift(),
                request.positivePrompt(),
                request.negativePrompt(),
                request.partialPictures(),
                request.sources().size(),
                request.lateSteps(),
                request.guidanceEvery(),
                request.branches());
    }
}
