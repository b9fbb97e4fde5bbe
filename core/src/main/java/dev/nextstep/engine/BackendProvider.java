package dev.nextstep.engine;

import dev.nextstep.checkpoint.ModelDirectory;

/**
 * Brings an engine under a name. Other modules are found by {@link java.util.ServiceLoader} ({@code
 * META-INF/services/dev.nextstep.engine.BackendProvider}); making a provider must be cheap, native libraries are loaded by
 * {@link #open}.
 */
public interface BackendProvider {
    /** Name as on the command line, in lower case: {@code cpu}, {@code torch}. */
    String name();

    /** What it computes with, in a few words for a list. */
    String description();

    /**
     * What it would compute on here, for people; may load its native libraries, which can take a second and some hundred
     * megabytes.
     *
     * @throws RuntimeException if they cannot be loaded
     */
    default String devices() {
        return "the processor";
    }

    /**
     * Opens a model.
     *
     * @param directory its files, which stay open until the engine is closed; what is asked of its tensors counts as used
     * @throws dev.nextstep.tensor.TensorException if a tensor is missing or misshapen
     * @throws IllegalArgumentException if the engine cannot do what the options ask; the message says what it can
     */
    ModelBackend open(ModelDirectory directory, LoadOptions options);
}
