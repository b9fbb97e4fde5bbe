package dev.nextstep;

import dev.nextstep.engine.GivenTokens;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A request with everything decided: what {@link DrawingRun} draws.
 *
 * @param task what was asked for
 * @param prompt as the user gave it
 * @param caption the prompt with an image tag for each source
 * @param settings every setting
 * @param keys one for each picture
 * @param named source pictures for the recipe
 * @param sources the same as the model reads them
 * @param kept what is taken over from another picture
 * @param made for each picture the tokens that were drawn before; empty if there are none
 * @param until how many tokens of each picture are drawn; fewer than all give a snapshot and no picture
 */
record DrawingPlan(
        Recipe.Task task,
        String prompt,
        String caption,
        DrawingSettings settings,
        List<PictureKey> keys,
        List<SourcePicture> named,
        List<TokenInput> sources,
        Optional<KeptInput> kept,
        List<GivenTokens> made,
        int until) {

    /**
     * What is kept.
     *
     * @param part its name
     * @param which indices of the kept tokens in the drawing
     * @param input a picture that has them at the same indices
     */
    record KeptInput(Kept.Part part, BitSet which, TokenInput input) {}

    DrawingPlan {
        keys = List.copyOf(keys);
        named = List.copyOf(named);
        sources = List.copyOf(sources);
        made = List.copyOf(made);
    }

    /** The same drawn up to some token only. */
    DrawingPlan until(int tokens) {
        return new DrawingPlan(task, prompt, caption, settings, keys, named, sources, kept, made, tokens);
    }
}
