package dev.nextstep.train.recipe;

/** A stage of training as a recipe names it. */
public sealed interface TrainingRecipe permits TokenizerRecipe, TransformerRecipe {
    /** What every run needs to know. */
    RunSettings run();

    /** The word under {@code kind}. */
    String kind();
}
