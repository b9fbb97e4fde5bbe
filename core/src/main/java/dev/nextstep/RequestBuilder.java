package dev.nextstep;

import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What builders of drawing requests share. What is not set is the model's default; a seed that is not set is chosen at
 * random and stands in the request.
 *
 * @param <B> the builder itself
 */
public abstract sealed class RequestBuilder<B extends RequestBuilder<B>>
        permits GenerateRequest.Builder, EditRequest.Builder {
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable Sampler sampler;
    private @Nullable Integer steps;
    private @Nullable Float guidanceScale;
    private @Nullable Float imageGuidanceScale;
    private @Nullable GuidanceSchedule guidanceSchedule;
    private @Nullable NormLimit normLimit;
    private @Nullable Float timestepShift;
    private @Nullable TokenNormalization tokenNormalization;
    private @Nullable String positivePrompt;
    private @Nullable String negativePrompt;
    private @Nullable LateSteps lateSteps;
    private @Nullable Integer guidanceEvery;
    private @Nullable Long seed;

    /** Other seeds of later tokens. */
    protected final List<Reroll> rerolls = new ArrayList<>();

    /** What is taken over from another picture. */
    protected Optional<Kept> kept = Optional.empty();

    /** Pictures to draw. */
    protected int count = 1;

    /** Index of the first one. */
    protected int firstIndex;

    RequestBuilder() {}

    /** This builder under its own type. */
    protected abstract B self();

    /** Size in pixels; both sides must be multiples of the model's token size (16). */
    public B size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return self();
    }

    /** How tokens are sampled; see {@link Sampler#of(String)}. */
    public B sampler(Sampler value) {
        sampler = value;
        return self();
    }

    /** Sampling steps of each token, 1 to 10 000. */
    public B steps(int value) {
        steps = value;
        return self();
    }

    /** Another number of steps for later tokens; see {@link LateSteps}. */
    public B lateSteps(LateSteps value) {
        lateSteps = value;
        return self();
    }

    /** Text guidance, 1 (none) to 1000. */
    public B guidanceScale(float value) {
        guidanceScale = value;
        return self();
    }

    /** Guidance by source pictures, 1 (none) to 1000. */
    public B imageGuidanceScale(float value) {
        imageGuidanceScale = value;
        return self();
    }

    /** How guidance changes along the picture. */
    public B guidanceSchedule(GuidanceSchedule value) {
        guidanceSchedule = value;
        return self();
    }

    /** Computes the unconditional velocity at every k-th evaluation of a token only, 1 (each) to 1000. */
    public B guidanceEvery(int value) {
        guidanceEvery = value;
        return self();
    }

    /** Whether guided velocities may be longer than conditional ones. */
    public B normLimit(NormLimit value) {
        normLimit = value;
        return self();
    }

    /** Shift of the time grid, 0.01 to 100, 1 for none. */
    public B timestepShift(float value) {
        timestepShift = value;
        return self();
    }

    /** Whether tokens are normalised ({@code use_norm}). */
    public B tokenNormalization(TokenNormalization value) {
        tokenNormalization = value;
        return self();
    }

    /** Text that is added to the prompt. */
    public B positivePrompt(String value) {
        positivePrompt = value;
        return self();
    }

    /** Text of the unconditional row. */
    public B negativePrompt(String value) {
        negativePrompt = value;
        return self();
    }

    /** Any 64-bit number; the same request with the same seed gives the same bytes. */
    public B seed(long value) {
        seed = value;
        return self();
    }

    /** How many pictures, 1 to 4096. */
    public B count(int value) {
        count = value;
        return self();
    }

    /**
     * Index of the first picture, 0 by default: picture 2 of a request of three is drawn again alone with index 2 and
     * count 1.
     */
    public B firstIndex(int value) {
        firstIndex = value;
        return self();
    }

    /**
     * Draws with another seed from some token on; see {@link Reroll}. May be called several times, with ascending tokens.
     *
     * @param token index of the first such token, raster order
     * @param value any 64-bit number
     */
    public B reroll(int token, long value) {
        return reroll(new Reroll(token, value));
    }

    /** Draws with another seed or other settings from some token on, as {@link #reroll(int, long)}. */
    public B reroll(Reroll value) {
        rerolls.add(value);
        return self();
    }

    /** Takes over a part of another picture; see {@link Kept}. */
    public B keep(Kept value) {
        kept = Optional.of(value);
        return self();
    }

    /** All values at once, as from the recipe of another picture. */
    public B options(DrawingOptions o) {
        width = o.width();
        height = o.height();
        sampler = o.sampler();
        steps = o.steps();
        guidanceScale = o.guidanceScale();
        imageGuidanceScale = o.imageGuidanceScale();
        guidanceSchedule = o.guidanceSchedule();
        normLimit = o.normLimit();
        timestepShift = o.timestepShift();
        tokenNormalization = o.tokenNormalization();
        positivePrompt = o.positivePrompt();
        negativePrompt = o.negativePrompt();
        lateSteps = o.lateSteps();
        guidanceEvery = o.guidanceEvery();
        return self();
    }

    /** The values set so far. */
    DrawingOptions options() {
        return new DrawingOptions(
                width,
                height,
                sampler,
                steps,
                guidanceScale,
                imageGuidanceScale,
                guidanceSchedule,
                normLimit,
                timestepShift,
                tokenNormalization,
                positivePrompt,
                negativePrompt,
                lateSteps,
                guidanceEvery);
    }

    /** The seed, chosen now if none was set: 32 bits, so that people can type it. */
    long seedOrRandom() {
        return seed != null ? seed : ThreadLocalRandom.current().nextLong(1L << 32);
    }

    /** Checks that a recipe is one of that task. */
    static void requireTask(Recipe recipe, Recipe.Task task) {
        if (recipe.task() != task) {
            throw new IllegalArgumentException("the recipe is one of task %s, not of %s"
                    .formatted(recipe.task().id(), task.id()));
        }
    }

    /** Checks that a recipe needs no other picture. */
    static void requireNothingKept(Recipe recipe) {
        if (recipe.kept().isPresent()) {
            var picture = recipe.kept().get().picture();
            throw new IllegalArgumentException(
                    "parts were kept of a picture of %d x %d pixels (SHA-256 %.10s…), which the recipe does not hold; give it with the builder's keep"
                            .formatted(picture.width(), picture.height(), picture.sha256()));
        }
    }

    /** Checks the numbers that do not depend on the model. */
    static void checkCount(int count, int firstIndex) {
        if (count < 1 || count > 4096) {
            throw new IllegalArgumentException("the number of pictures must be between 1 and 4096, not " + count);
        }
        if (firstIndex < 0 || firstIndex > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException("the index of the first picture must be 0 or more, not " + firstIndex);
        }
    }
}
