package dev.nextstep.cli.bench;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingObserver;
import java.util.Arrays;

/** Reads the clock between the stages of one picture, and ends the picture when its time is over. */
final class StageClock implements DrawingObserver {
    private final Budget budget;
    private final Cancellation user;
    private final Cancellation own;
    private final double[] transformer;
    private final double[] flowHead;
    private long last = System.nanoTime();
    private double prompt;
    private int drawn;

    /**
     * @param user ends everything
     * @param own ends this picture
     */
    StageClock(int tokens, Budget budget, Cancellation user, Cancellation own) {
        this.budget = budget;
        this.user = user;
        this.own = own;
        this.transformer = new double[tokens];
        this.flowHead = new double[tokens];
    }

    private double lap() {
        long now = System.nanoTime();
        double seconds = (now - last) / 1e9;
        last = now;
        return seconds;
    }

    @Override
    public synchronized void prefilled(int rows, int positions) {
        prompt += lap();
    }

    @Override
    public synchronized void sampling(int picture, int token, float[] hidden, float[] condition) {
        transformer[token] = lap();
    }

    @Override
    public synchronized void sampled(int picture, int made, float[] tokens) {
        flowHead[made - 1] = lap();
        drawn = made;
        if (user.isCancelled() || (budget.spent() && drawn > 1)) {
            own.cancel();
        }
    }

    synchronized int drawn() {
        return drawn;
    }

    synchronized double prompt() {
        return prompt;
    }

    /** Seconds of the transformer for the first tokens; those that were not drawn take as long as the later half did. */
    synchronized double transformer(int tokens) {
        return upTo(transformer, tokens);
    }

    /** The same of the flow head. */
    synchronized double flowHead(int tokens) {
        return upTo(flowHead, tokens);
    }

    private double upTo(double[] seconds, int tokens) {
        int known = Math.min(tokens, drawn);
        double sum = Arrays.stream(seconds, 0, known).sum();
        if (known == tokens) {
            return sum;
        }
        double typical = Arrays.stream(seconds, drawn / 2, drawn).average().orElse(0);
        return sum + (tokens - known) * typical;
    }
}
