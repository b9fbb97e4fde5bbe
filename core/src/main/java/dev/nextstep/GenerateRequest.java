package dev.nextstep;

import java.util.List;
import java.util.Optional;

/**
 * A wish for pictures from words. Immutable; the same request gives the same bytes, whatever else runs, on any number of
 * threads.
 *
 * @param prompt what to draw; empty for an unconditional picture. Text that looks like a special token is just text
 * @param options settings; what is open is the model's default
 * @param count how many pictures, 1 to 4096
 * @param firstIndex index of the first one; picture i differs from the others by its index alone
 * @param seed any 64-bit number
 * @param rerolls other seeds and settings from later tokens on, ascending; empty as a rule
 * @param kept what is taken over from another picture; empty as a rule
 */
public record GenerateRequest(
        String prompt,
        DrawingOptions options,
        int count,
        int firstIndex,
        long seed,
        List<Reroll> rerolls,
        Optional<Kept> kept)
        implements DrawingRequest {
    public GenerateRequest {
        RequestBuilder.checkCount(count, firstIndex);
        rerolls = List.copyOf(rerolls);
    }

    /** A request that draws whole pictures with one seed. */
    public GenerateRequest(String prompt, DrawingOptions options, int count, int firstIndex, long seed) {
        this(prompt, options, count, firstIndex, seed, List.of(), Optional.empty());
    }

    /** One picture with the model's defaults and a random seed. */
    public static GenerateRequest of(String prompt) {
        return builder(prompt).build();
    }

    /**
     * The picture of a recipe once more: with the model and version of the recipe, opened with its {@link
     * Recipe#arithmetic}, the same pixels.
     *
     * @throws IllegalArgumentException if the recipe is not of a picture from words, or names a picture that parts were
     *     kept of; for those use the builder
     */
    public static GenerateRequest from(Recipe recipe) {
        RequestBuilder.requireTask(recipe, Recipe.Task.GENERATE);
        RequestBuilder.requireNothingKept(recipe);
        return new GenerateRequest(
                recipe.prompt(),
                DrawingOptions.of(recipe.settings()),
                1,
                recipe.index(),
                recipe.seed(),
                recipe.rerolls(),
                Optional.empty());
    }

    /** A builder. */
    public static Builder builder(String prompt) {
        return new Builder(prompt);
    }

    /** Builds a {@link GenerateRequest}. */
    public static final class Builder extends RequestBuilder<Builder> {
        private final String prompt;

        private Builder(String prompt) {
            this.prompt = prompt;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public GenerateRequest build() {
            return new GenerateRequest(prompt, options(), count, firstIndex, seedOrRandom(), rerolls, kept);
        }
    }
}
