package dev.nextstep.train.measure;

/** Follows an evaluation. Called from the threads that work, one call at a time. */
public interface EvaluationListener {
    /** Listens to nothing. */
    EvaluationListener NONE = (stage, done, total) -> {};

    /** What is being done. */
    enum Stage {
        /** Reading the real pictures. */
        READING("reading pictures"),
        /** Encoding and decoding real pictures. */
        RECONSTRUCTING("reconstructing"),
        /** Drawing seen prompts. */
        DRAWING_SEEN("drawing seen prompts"),
        /** Drawing seen prompts without their style. */
        DRAWING_PLAIN("drawing prompts without a style"),
        /** Drawing held-out prompts. */
        DRAWING_HELD_OUT("drawing held-out prompts"),
        /** Drawing edits. */
        EDITING("editing"),
        /** Training the style classifier. */
        LEARNING_STYLES("learning styles");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        /** In words for people. */
        public String words() {
            return words;
        }
    }

    /**
     * Called when a stage begins and after each of its pictures.
     *
     * @param done pictures that are done, those found from an earlier run included
     * @param total pictures of the stage
     */
    void progress(Stage stage, int done, int total);
}
