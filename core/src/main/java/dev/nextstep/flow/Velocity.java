package dev.nextstep.flow;

/** The guided velocity field that a sampler follows. */
@FunctionalInterface
public interface Velocity {
    /**
     * The guided velocity at a state.
     *
     * @param evaluation index into {@link TimeGrid#evaluations()}
     * @param x states [n, tokenDim]; not changed
     * @return velocities [n, tokenDim], valid until the next call
     */
    float[] at(int evaluation, float[] x);
}
