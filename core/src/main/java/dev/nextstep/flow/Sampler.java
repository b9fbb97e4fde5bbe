package dev.nextstep.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A way from noise to an image token along the velocity field (spec §6.5). The official code has had three under one
 * method name; here each has its own.
 *
 * <table>
 * <caption>Samplers</caption>
 * <tr><th>id</th><th>what</th></tr>
 * <tr><td>{@code s1}</td><td>Euler–Maruyama of the first release (August 2025), {@link EulerMaruyama}</td></tr>
 * <tr><td>{@code s2}</td><td>Euler–Maruyama of the model cards, {@link EulerMaruyama}</td></tr>
 * <tr><td>{@code sde}</td><td>stochastic, February 2026, {@link FlowSde}</td></tr>
 * <tr><td>{@code cps}</td><td>coefficient-preserving, February 2026, {@link FlowCps}</td></tr>
 * <tr><td>{@code ode}</td><td>Euler, no noise, {@link FlowOde}</td></tr>
 * <tr><td>{@code heun}, {@code midpoint}</td><td>second order, no noise; ours, {@link FlowOde}</td></tr>
 * </table>
 */
public sealed interface Sampler permits EulerMaruyama, FlowSde, FlowCps, FlowOde {

    /** Default noise level of {@link FlowSde} and {@link FlowCps}. */
    float DEFAULT_NOISE_LEVEL = 0.8f;

    /** Short name, as on the command line. */
    String id();

    /** Fewest steps that make sense: 1, or 2 for {@code s1}. */
    default int minSteps() {
        return 1;
    }

    /** Whether a noise level means something to it. */
    default boolean usesNoiseLevel() {
        return false;
    }

    /** Times of a run of {@code steps} steps; {@code timestepShift} ≥ 1 moves them towards noise. */
    TimeGrid grid(int steps, float timestepShift);

    /** Normal draws a token takes, the initial noise included. */
    int draws(int steps);

    /** How often a run asks the network. */
    default int calls(TimeGrid grid) {
        return grid.evaluations().length;
    }

    /** Which of the grid's evaluations a call is; ascending with {@code call}. */
    default int evaluation(int call) {
        return call;
    }

    /**
     * Moves states on after a call of the network.
     *
     * @param grid from {@link #grid}
     * @param call from 0 to {@link #calls} − 1, in order
     * @param state where the network was asked ({@link SamplerState#asked})
     * @param velocity its answer [n, tokenDim]
     * @param draws noise of the steps, asked from draw 1 on, in order
     */
    void advance(TimeGrid grid, int call, SamplerState state, float[] velocity, Draws draws);

    /**
     * Moves states from noise to data.
     *
     * @param grid from {@link #grid}
     * @param x states [n, tokenDim]: draw 0 on entry, the token on return
     * @param velocity the field
     * @param draws noise of the steps, asked from draw 1 on, in order
     */
    default void run(TimeGrid grid, float[] x, Velocity velocity, Draws draws) {
        var state = new SamplerState(x);
        for (int call = 0; call < calls(grid); call++) {
            advance(grid, call, state, velocity.at(evaluation(call), state.asked()), draws);
        }
    }

    /**
     * The sampler of that name, case-insensitive, with the default noise level.
     *
     * @throws IllegalArgumentException listing the names
     */
    static Sampler of(String id) {
        return of(id, DEFAULT_NOISE_LEVEL);
    }

    /** The sampler of that name; the noise level counts for {@code sde} and {@code cps} only. */
    static Sampler of(String id, float noiseLevel) {
        return switch (id.toLowerCase(Locale.ROOT)) {
            case "s1" -> EulerMaruyama.AUGUST_2025;
            case "s2" -> EulerMaruyama.MODEL_CARD;
            case "sde" -> new FlowSde(noiseLevel);
            case "cps" -> new FlowCps(noiseLevel);
            case "ode" -> FlowOde.EULER;
            case "heun" -> FlowOde.HEUN;
            case "midpoint" -> FlowOde.MIDPOINT;
            default ->
                throw new IllegalArgumentException("unknown sampler '%s'; there are s1, s2, sde, cps, %s"
                        .formatted(
                                id,
                                Arrays.stream(FlowOde.values()).map(FlowOde::id).collect(Collectors.joining(", "))));
        };
    }

    /**
     * Checks the noise level η of the February 2026 samplers.
     *
     * @throws IllegalArgumentException unless 0 ≤ level ≤ 1
     */
    static void requireNoiseLevel(float level) {
        if (!(level >= 0 && level <= 1)) {
            throw new IllegalArgumentException("noise level must be between 0 and 1, not " + level);
        }
    }
}
