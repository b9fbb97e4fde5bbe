package dev.nextstep.transformer;

/** Sees the residual stream after each decoder layer: for tests and for people who study the model. */
@FunctionalInterface
public interface LayerListener {
    /** Does nothing. */
    LayerListener NONE = (layer, residual) -> {};

    /**
     * Called when a layer is done.
     *
     * @param layer 0-based
     * @param residual [rows, hidden], valid during the call only
     */
    void after(int layer, float[] residual);
}
