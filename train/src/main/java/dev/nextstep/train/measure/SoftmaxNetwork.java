package dev.nextstep.train.measure;

import dev.nextstep.data.KeyedRandom;
import java.util.Arrays;

/**
 * A small classifier: features, brought to mean 0 and deviation 1, one hidden layer of rectified units, softmax. Trained
 * with cross-entropy by Adam (Kingma and Ba, 2015) with decoupled weight decay. The same data and seed give the same
 * network on every machine but for the last bits.
 */
final class SoftmaxNetwork {
    private static final int HIDDEN = 64;
    private static final int BATCH = 64;
    private static final int PASSES = 20;
    private static final double RATE = 2e-3;
    private static final double DECAY = 1e-2;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-8;

    private final int inputs;
    private final int classes;
    private final float[] mean;
    private final float[] scale;
    /** [hidden, inputs + 1], then [classes, hidden + 1]; the last of each row is the bias. */
    private final float[] weights;

    private final int second;

    private SoftmaxNetwork(int inputs, int classes) {
        this.inputs = inputs;
        this.classes = classes;
        mean = new float[inputs];
        scale = new float[inputs];
        second = HIDDEN * (inputs + 1);
        weights = new float[second + classes * (HIDDEN + 1)];
    }

    /**
     * Trains a network.
     *
     * @param rows features of each example
     * @param labels class of each example, 0 to classes − 1
     */
    static SoftmaxNetwork train(float[][] rows, int[] labels, int classes, long seed) {
        var network = new SoftmaxNetwork(rows[0].length, classes);
        network.standardise(rows);
        var numbers = new KeyedRandom(seed, KeyedRandom.of("network"));
        network.initialise(numbers);
        var scaled = Arrays.stream(rows).map(network::scaled).toArray(float[][]::new);
        network.fit(scaled, labels, numbers);
        return network;
    }

    /** Probability of each class. */
    double[] probabilities(float[] features) {
        var out = new double[classes];
        forward(scaled(features), new float[HIDDEN], out);
        return out;
    }

    private void standardise(float[][] rows) {
        for (int i = 0; i < inputs; i++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : rows) {
                sum += row[i];
                squares += (double) row[i] * row[i];
            }
            double m = sum / rows.length;
            mean[i] = (float) m;
            // A feature that hardly varies says little; without a floor it would say a lot about odd pictures.
            scale[i] = (float) (1 / Math.sqrt(Math.max(0, squares / rows.length - m * m) + 1e-4));
        }
    }

    private float[] scaled(float[] row) {
        var out = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            out[i] = (row[i] - mean[i]) * scale[i];
        }
        return out;
    }

    private void initialise(KeyedRandom numbers) {
        for (int i = 0; i < weights.length; i++) {
            int rowLength = i < second ? inputs + 1 : HIDDEN + 1;
            int place = (i < second ? i : i - second) % rowLength;
            double deviation = Math.sqrt(2.0 / (rowLength - 1));
            weights[i] = place == rowLength - 1 ? 0 : (float) (deviation * numbers.nextGaussian());
        }
    }

    private void fit(float[][] rows, int[] labels, KeyedRandom numbers) {
        var gradient = new float[weights.length];
        var first = new float[weights.length];
        var squares = new float[weights.length];
        int perPass = Math.ceilDiv(rows.length, BATCH);
        int steps = PASSES * perPass;
        int step = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            int[] order = numbers.permutation(rows.length);
            for (int from = 0; from < rows.length; from += BATCH) {
                int to = Math.min(rows.length, from + BATCH);
                Arrays.fill(gradient, 0);
                for (int i = from; i < to; i++) {
                    backward(rows[order[i]], labels[order[i]], 1f / (to - from), gradient);
                }
                step++;
                double rate = RATE * 0.5 * (1 + Math.cos(Math.PI * (step - 1) / steps));
                double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
                for (int i = 0; i < weights.length; i++) {
                    float g = gradient[i];
                    first[i] += (float) ((1 - BETA1) * (g - first[i]));
                    squares[i] += (float) ((1 - BETA2) * ((double) g * g - squares[i]));
                    weights[i] -= (float)
                            (rate * (correction * first[i] / (Math.sqrt(squares[i]) + EPSILON) + DECAY * weights[i]));
                }
            }
        }
    }

    private void forward(float[] x, float[] hidden, double[] out) {
        for (int h = 0; h < HIDDEN; h++) {
            int at = h * (inputs + 1);
            float sum = weights[at + inputs];
            for (int i = 0; i < inputs; i++) {
                sum += weights[at + i] * x[i];
            }
            hidden[h] = Math.max(0, sum);
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            int at = second + c * (HIDDEN + 1);
            float sum = weights[at + HIDDEN];
            for (int h = 0; h < HIDDEN; h++) {
                sum += weights[at + h] * hidden[h];
            }
            out[c] = sum;
            most = Math.max(most, sum);
        }
        double total = 0;
        for (int c = 0; c < classes; c++) {
            out[c] = Math.exp(out[c] - most);
            total += out[c];
        }
        for (int c = 0; c < classes; c++) {
            out[c] /= total;
        }
    }

    private void backward(float[] x, int label, float weight, float[] gradient) {
        var hidden = new float[HIDDEN];
        var out = new double[classes];
        forward(x, hidden, out);
        var back = new float[HIDDEN];
        for (int c = 0; c < classes; c++) {
            float error = weight * (float) (out[c] - (c == label ? 1 : 0));
            int at = second + c * (HIDDEN + 1);
            for (int h = 0; h < HIDDEN; h++) {
                gradient[at + h] += error * hidden[h];
                back[h] += error * weights[at + h];
            }
            gradient[at + HIDDEN] += error;
        }
        for (int h = 0; h < HIDDEN; h++) {
            if (hidden[h] > 0) {
                int at = h * (inputs + 1);
                float error = back[h];
                for (int i = 0; i < inputs; i++) {
                    gradient[at + i] += error * x[i];
                }
                gradient[at + inputs] += error;
            }
        }
    }
}
