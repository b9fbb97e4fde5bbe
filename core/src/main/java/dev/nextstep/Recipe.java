package dev.nextstep;

import dev.nextstep.image.PictureTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is needed to draw a picture again: the same model, version and recipe give the same pixels, on any number of
 * threads and alone or beside others. Written into each picture file twice: as JSON under {@value #KEYWORD}, which is
 * exact, and as text under {@value Picture#PARAMETERS}, which other programs of the field show.
 *
 * @param task what was asked for
 * @param prompt prompt or instruction as the user gave it
 * @param settings every setting, of the first token and those that follow
 * @param seed seed of the request
 * @param index index of the picture in its request
 * @param sources source pictures of an edit, in order
 * @param model which model
 * @param arithmetic how it computed
 * @param version version of this program
 * @param rerolls other seeds and settings from later tokens on, ascending; empty as a rule
 * @param kept what was taken over from another picture, if anything
 */
public record Recipe(
        Task task,
        String prompt,
        DrawingSettings settings,
        long seed,
        int index,
        List<SourcePicture> sources,
        ModelIdentity model,
        Arithmetic arithmetic,
        String version,
        List<Reroll> rerolls,
        Optional<Kept.Part> kept) {

    /** Keyword of the JSON in a picture file. */
    public static final String KEYWORD = "nextstep";

    /** What was asked for. */
    public enum Task {
        /** A picture from words. */
        GENERATE("generate"),
        /** A picture from others and an instruction. */
        EDIT("edit"),
        /** A picture in a conversation; what was said before is not in the recipe. */
        CHAT("chat");

        private final String id;

        Task(String id) {
            this.id = id;
        }

        /** The name in recipes. */
        public String id() {
            return id;
        }
    }

    /** The recipe of a picture that was drawn from its first token to its last with one seed. */
    public Recipe(
            Task task,
            String prompt,
            DrawingSettings settings,
            long seed,
            int index,
            List<SourcePicture> sources,
            ModelIdentity model,
            Arithmetic arithmetic,
            String version) {
        this(task, prompt, settings, seed, index, sources, model, arithmetic, version, List.of(), Optional.empty());
    }

    public Recipe {
        sources = List.copyOf(sources);
        rerolls = requireAscending(rerolls);
        for (var reroll : rerolls) {
            reroll.requireGoesOn(settings);
        }
        if (index < 0) {
            throw new IllegalArgumentException("the index of a picture must be 0 or more, not " + index);
        }
        if ((task == Task.EDIT) == sources.isEmpty() && task != Task.CHAT) {
            throw new IllegalArgumentException(
                    "task %s cannot have %d source pictures".formatted(task.id(), sources.size()));
        }
    }

    private static List<Reroll> requireAscending(List<Reroll> rerolls) {
        for (int i = 1; i < rerolls.size(); i++) {
            if (rerolls.get(i).token() <= rerolls.get(i - 1).token()) {
                throw new IllegalArgumentException("rerolls must begin at ascending tokens, not %d after %d"
                        .formatted(rerolls.get(i).token(), rerolls.get(i - 1).token()));
            }
        }
        return List.copyOf(rerolls);
    }

    /** The same with other rerolls. */
    Recipe withRerolls(List<Reroll> value) {
        return new Recipe(task, prompt, settings, seed, index, sources, model, arithmetic, version, value, kept);
    }

    /** The seed of the last tokens: what tells the picture from others with the same beginning. */
    public long lastSeed() {
        return rerolls.isEmpty() ? seed : rerolls.getLast().seed();
    }

    PictureKey key() {
        return new PictureKey(seed, index, rerolls);
    }

    /**
     * The exact recipe in the texts of a picture; nothing if there is none. For pictures of other programs see {@link
     * FoundRecipe#in}.
     *
     * @throws RecipeException if it is damaged
     */
    public static Optional<Recipe> of(PictureTexts texts) {
        return texts.find(KEYWORD).map(Recipe::fromJson);
    }

    /**
     * Reads {@link #toJson}. Strict: an unknown, missing, repeated or ill-typed key is an error, so that a recipe is
     * followed wholly or not at all.
     *
     * @throws RecipeException if it is damaged or from a newer version
     */
    public static Recipe fromJson(String json) {
        return RecipeJson.read(json);
    }

    /** One line of JSON in ASCII. */
    public String toJson() {
        return RecipeJson.write(this);
    }

    /** The settings as lines that people and other programs read, in the form of AUTOMATIC1111's webui. */
    public String toText() {
        return RecipeText.of(this).toWebui();
    }

    /** Both forms under the keywords of a picture file. */
    public Map<String, String> toTexts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put(Picture.PARAMETERS, toText());
        texts.put(KEYWORD, toJson());
        return texts;
    }
}
