package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/**
 * Watches losses and gradient norms for NaN, infinities and spikes. It only judges; the loop goes back.
 *
 * <p>Its memory is part of the checkpoint, so that a resumed run is judged as the uninterrupted one; what a rollback
 * changes (attempts, learning rate) survives the rollback.
 */
public final class LossGuard {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double NORMAL_SCATTER = 1.4826;
    private static final double LEAST_SCATTER = 0.01;

    private final GuardPolicy policy;
    private final Deque<Double> losses = new ArrayDeque<>();
    private int spikes;
    private int attempts;
    private double lowered = 1;
    private long stepsSinceRollback;

    /** Starts without memory. */
    public LossGuard(GuardPolicy policy) {
        this.policy = policy;
    }

    /**
     * Judges a step by its loss and the norm of all gradients before clipping.
     *
     * @return whether its gradients may change the weights
     */
    public Verdict judge(double loss, double gradientNorm) {
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            return trouble(String.format(Locale.ROOT, "loss %s, gradient norm %s", loss, gradientNorm));
        }
        if (isSpike(loss)) {
            spikes++;
            if (spikes >= policy.patience()) {
                return trouble(String.format(
                        Locale.ROOT,
                        "loss %.4g, the last %d had a median of %.4g",
                        loss,
                        losses.size(),
                        median(values())));
            }
            return new Verdict.Proceed(); // Spikes do not enter the window: they would become usual.
        }
        spikes = 0;
        losses.addLast(loss);
        if (losses.size() > policy.window()) {
            losses.removeFirst();
        }
        stepsSinceRollback++;
        if (stepsSinceRollback >= policy.recoverySteps()) {
            attempts = 0;
            lowered = 1;
        }
        return new Verdict.Proceed();
    }

    private Verdict trouble(String reason) {
        if (attempts >= policy.rollbacks()) {
            return new Verdict.GiveUp("%s, after %d rollbacks".formatted(reason, attempts));
        }
        return new Verdict.RollBack(reason);
    }

    private boolean isSpike(double loss) {
        if (losses.size() < policy.window()) {
            return false;
        }
        double[] values = values();
        double median = median(values);
        double[] deviations =
                Arrays.stream(values).map(v -> Math.abs(v - median)).toArray();
        double scatter = Math.max(NORMAL_SCATTER * median(deviations), LEAST_SCATTER * Math.abs(median));
        return loss > median + policy.spikeFactor() * scatter;
    }

    private double[] values() {
        return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** To be called when the run has gone back, after the state of the checkpoint was loaded. */
    public void rolledBack(LossGuard before) {
        attempts = before.attempts + 1;
        lowered = before.lrFactor() * policy.lrFactor();
        stepsSinceRollback = 0;
        spikes = 0;
    }

    /** Rollbacks since the last long stretch of good steps. */
    public int attempts() {
        return attempts;
    }

    /** Factor of the learning rate: 1, or less after a rollback, rising back in a straight line. */
    public double lrFactor() {
        double recovered = Math.min(1, (double) stepsSinceRollback / policy.recoverySteps());
        return lowered + (1 - lowered) * recovered;
    }

    /** What it remembers. */
    public ObjectNode state() {
        var node = MAPPER.createObjectNode();
        var list = node.putArray("losses");
        losses.forEach(list::add);
        node.put("spikes", spikes);
        node.put("attempts", attempts);
        node.put("lowered", lowered);
        node.put("steps_since_rollback", stepsSinceRollback);
        return node;
    }

    /** Takes over what another of the same policy remembered. */
    public void load(JsonNode state) {
        losses.clear();
        state.path("losses").forEach(v -> losses.addLast(v.asDouble()));
        spikes = state.path("spikes").asInt();
        attempts = state.path("attempts").asInt();
        lowered = state.path("lowered").asDouble(1);
        stepsSinceRollback = state.path("steps_since_rollback").asLong();
    }
}
