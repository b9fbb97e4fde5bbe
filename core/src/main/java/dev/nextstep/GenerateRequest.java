package dev.nextstep;

/**
 * A wish for pictures from words. Immutable; the same request gives the same bytes, whatever else runs, on any number of
 * threads.
 *
 * @param prompt what to draw; empty for an unconditional picture. Text that looks like a special token is just text
 * @param options settings; what is open is the model's default
 * @param count how many pictures, 1 to 4096
 * @param firstIndex index of the first one; picture i differs from the others by its index alone
 * @param seed any 64-bit number
 */
public record GenerateRequest(String prompt, DrawingOptions options, int count, int firstIndex, long seed) {
    public GenerateRequest {
        RequestBuilder.checkCount(count, firstIndex);
    }

    /** One picture with the model's defaults and a random seed. */
    public static GenerateRequest of(String prompt) {
        return builder(prompt).build();
    }

    /**
     * The picture of a recipe once more: with the model and version of the recipe, opened with its {@link
     * Recipe#arithmetic}, the same pixels.
     *
     * @throws IllegalArgumentException if the recipe is not of a picture from words
     */
    public static GenerateRequest from(Recipe recipe) {
        RequestBuilder.requireTask(recipe, Recipe.Task.GENERATE);
        return new GenerateRequest(
                recipe.prompt(), DrawingOptions.of(recipe.settings()), 1, recipe.index(), recipe.seed());
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
            return new GenerateRequest(prompt, options(), count, firstIndex, seedOrRandom());
        }
    }
}
