package dev.nextstep;

import dev.nextstep.image.GenerationParameters;
import dev.nextstep.image.PictureTexts;
import java.util.Optional;
import java.util.OptionalLong;

/** What a picture file says about how it was made. */
public sealed interface FoundRecipe {
    /**
     * All that is needed: the file was made by this program.
     *
     * @param recipe the recipe
     */
    record Complete(Recipe recipe) implements FoundRecipe {}

    /**
     * Some settings: the file was made by another program, or what is exact got lost on the way.
     *
     * @param tool that wrote the settings; may be empty
     * @param prompt may be empty
     * @param options the settings that mean something here and are in range; the rest is open
     * @param seed another program's seed gives another picture here
     * @param index of the picture in its request
     * @param model name of the model; may be empty
     */
    record Partial(String tool, String prompt, DrawingOptions options, OptionalLong seed, int index, String model)
            implements FoundRecipe {}

    /**
     * Looks into the texts of a picture: this program's JSON, else settings of this or another program as text.
     *
     * @throws RecipeException if there is a JSON recipe that is damaged
     */
    static Optional<FoundRecipe> in(PictureTexts texts) {
        Optional<FoundRecipe> complete = Recipe.of(texts).map(Complete::new);
        return complete.or(() -> GenerationParameters.find(texts).map(RecipeText::partial));
    }
}
