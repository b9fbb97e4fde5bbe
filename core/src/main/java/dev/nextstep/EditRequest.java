package dev.nextstep;

import dev.nextstep.image.Pixels;
import java.util.List;
import java.util.Optional;

/**
 * A wish for a picture made from one or several others. Immutable.
 *
 * @param instruction what to do. {@code <image>} marks where each source stands; without marks they stand in front
 * @param sources source pictures, at least one; each is fitted to the nearest aspect bucket of the picture's area
 * @param options settings; what is open is the model's default, and an open size is that of the first fitted source
 * @param count how many pictures, 1 to 4096
 * @param firstIndex index of the first one
 * @param seed any 64-bit number
 * @param rerolls other seeds and settings from later tokens on, ascending; empty as a rule
 * @param kept what is taken over from another picture, as a rule the first source; empty as a rule
 */
public record EditRequest(
        String instruction,
        List<Pixels> sources,
        DrawingOptions options,
        int count,
        int firstIndex,
        long seed,
        List<Reroll> rerolls,
        Optional<Kept> kept)
        implements DrawingRequest {
    /** A request that draws whole pictures with one seed. */
    public EditRequest(
            String instruction, List<Pixels> sources, DrawingOptions options, int count, int firstIndex, long seed) {
        this(instruction, sources, options, count, firstIndex, seed, List.of(), Optional.empty());
    }

    public EditRequest {
        sources = List.copyOf(sources);
        rerolls = List.copyOf(rerolls);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("editing needs at least one source picture");
        }
        RequestBuilder.checkCount(count, firstIndex);
    }

    /** One picture with the model's defaults and a random seed. */
    public static EditRequest of(String instruction, Pixels... sources) {
        return builder(instruction, sources).build();
    }

    /**
     * The picture of a recipe once more, as {@link GenerateRequest#from}.
     *
     * @param sources the pictures that {@link Recipe#sources} names, in that order; {@link SourcePicture#of} tells whether
     *     they are
     * @throws IllegalArgumentException if the recipe is not of an edit, or names another number of pictures, or one that
     *     parts were kept of; for those use the builder
     */
    public static EditRequest from(Recipe recipe, List<Pixels> sources) {
        RequestBuilder.requireTask(recipe, Recipe.Task.EDIT);
        RequestBuilder.requireNothingKept(recipe);
        if (sources.size() != recipe.sources().size()) {
            throw new IllegalArgumentException("the recipe names %d source pictures, not %d"
                    .formatted(recipe.sources().size(), sources.size()));
        }
        return new EditRequest(
                recipe.prompt(),
                sources,
                DrawingOptions.of(recipe.settings()),
                1,
                recipe.index(),
                recipe.seed(),
                recipe.rerolls(),
                Optional.empty());
    }

    /** A builder. */
    public static Builder builder(String instruction, Pixels... sources) {
        return new Builder(instruction, List.of(sources));
    }

    /** Builds an {@link EditRequest}. */
    public static final class Builder extends RequestBuilder<Builder> {
        private final String instruction;
        private final List<Pixels> sources;

        private Builder(String instruction, List<Pixels> sources) {
            this.instruction = instruction;
            this.sources = sources;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Draws only what is marked of the first source anew; the rest of it is kept. See {@link Kept}.
         *
         * @param mask of the size of the first source, light where something new is drawn
         */
        public Builder mask(Pixels mask) {
            return keep(new Kept.Unmarked(sources.getFirst(), mask));
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException if a number is out of range or there is no source
         */
        public EditRequest build() {
            return new EditRequest(instruction, sources, options(), count, firstIndex, seedOrRandom(), rerolls, kept);
        }
    }
}
