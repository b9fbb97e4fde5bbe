package dev.nextstep.server.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.DrawingSettings;
import dev.nextstep.server.config.RequestLimits;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.Doc;
import java.util.List;
import java.util.Optional;

/**
 * A model: what clients of OpenAI's API know of one, and what somebody needs who offers its settings to people.
 *
 * @param id its name
 * @param object {@code model}
 * @param created when its files were written, in seconds since 1970
 * @param ownedBy {@code nextstep4j}
 * @param pixelsPerToken side of a token
 * @param maxPixels width times height of a picture
 * @param maxPictures pictures of a request
 * @param maxSources pictures that a request may send in
 * @param samplers how tokens can be sampled
 * @param styles words that it was trained to tell styles by
 * @param generate settings of pictures from words where a request is silent
 * @param edit settings of edits where a request is silent
 */
public record ModelView(
        @Doc("Name of the model.") String id,
        @Doc("'model'") String object,

        @Doc("When its files were written, in seconds since 1970.")
        long created,

        @Doc("'nextstep4j'") String ownedBy,

        @Doc("Pixels of a token's side: sizes are multiples of it.")
        int pixelsPerToken,

        @Doc("Most pixels of a picture, width times height.")
        long maxPixels,

        @Doc("Most pictures of a request.") int maxPictures,
        @Doc("Most source pictures of an edit.") int maxSources,
        @Doc("How image tokens can be sampled.") List<String> samplers,

        @Doc(
                "Styles that a prompt can name in the words of its training, as in 'a red heart, noto style'; of most models none.")
        List<String> styles,

        @Doc("What is meant where a request for pictures from words is silent.")
        Defaults generate,

        @Doc("What is meant where a request for an edit is silent.")
        Defaults edit) {

    /** The model that comes with the program was trained on captions that end in one of these and the word style. */
    private static final List<String> EMOJI_STYLES = List.of("noto", "twemoji", "flat", "blob", "emojione");

    private static final String EMOJI_MODEL = "emoji";

    public ModelView {
        samplers = List.copyOf(samplers);
        styles = List.copyOf(styles);
    }

    /**
     * Settings where a request is silent, under the names of the parameters.
     *
     * @param size in pixels; an edit's is that of its first source
     * @param steps sampling steps of each token
     * @param sampler its id
     * @param guidanceScale guidance by words
     * @param imageGuidanceScale guidance by source pictures, of an edit
     * @param timestepShift shift of the sampling times
     * @param positivePrompt words added
     * @param negativePrompt text of the unconditional row
     * @param lateSteps other steps for later tokens
     * @param guidanceEvery at which evaluations guidance is computed
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public record Defaults(
            @Doc("Width and height in pixels; an edit's is that of its first source picture.")
            String size,

            @Doc("Sampling steps of each image token.") int steps,
            @Doc("How image tokens are sampled.") String sampler,
            @Doc("How closely the words are followed.") float guidanceScale,

            @Doc("How closely source pictures are followed; of an edit.")
            Optional<Float> imageGuidanceScale,

            @Doc("Shift of the sampling times.") float timestepShift,
            @Doc("Words that are added to each prompt.") String positivePrompt,
            @Doc("What to keep away from.") String negativePrompt,

            @Doc("Other steps for later tokens, such as '8@0.5' behind half of the picture, or 'off'.")
            String lateSteps,

            @Doc("At every how many evaluations of a token guidance is computed anew.")
            int guidanceEvery) {

        static Defaults of(Task task, DrawingSettings settings) {
            return new Defaults(
                    task == Task.EDIT ? "auto" : settings.width() + "x" + settings.height(),
                    settings.steps(),
                    settings.sampler().id(),
                    settings.guidanceScale(),
                    task == Task.EDIT ? Optional.of(settings.imageGuidanceScale()) : Optional.empty(),
                    settings.timestepShift(),
                    settings.positivePrompt(),
                    settings.negativePrompt(),
                    settings.lateSteps().toString(),
                    settings.guidanceEvery());
        }
    }

    static ModelView of(Studio studio, RequestLimits limits, long created) {
        var name = studio.model().name();
        return new ModelView(
                name,
                "model",
                created,
                "nextstep4j",
                studio.pixelsPerToken(),
                limits.pixels(),
                limits.pictures(),
                limits.sources(),
                PictureParameters.SAMPLERS,
                name.equals(EMOJI_MODEL) ? EMOJI_STYLES : List.of(),
                Defaults.of(Task.GENERATE, studio.defaults(Task.GENERATE)),
                Defaults.of(Task.EDIT, studio.defaults(Task.EDIT)));
    }
}
