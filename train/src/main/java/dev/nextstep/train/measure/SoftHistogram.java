package dev.nextstep.train.measure;

import java.util.Arrays;

/** A histogram on a regular grid in which each observation is shared between the classes around it, by nearness. */
final class SoftHistogram {
    private final int[] classes;
    private final int[] low;
    private final double[] part;
    private double[] amounts;

    /** A histogram with this many classes, at least 2, along each axis. */
    SoftHistogram(int... classes) {
        this.classes = classes.clone();
        low = new int[classes.length];
        part = new double[classes.length];
        amounts = new double[Arrays.stream(classes).reduce(1, (a, b) -> a * b)];
    }

    /** Adds an observation: its weight, and its place along each axis from 0 to 1, held to that range. */
    void add(double weight, double... places) {
        for (int axis = 0; axis < classes.length; axis++) {
            double place = Math.clamp(places[axis], 0, 1) * (classes[axis] - 1);
            low[axis] = Math.min((int) place, classes[axis] - 2);
            part[axis] = place - low[axis];
        }
        for (int corner = 0; corner < 1 << classes.length; corner++) {
            double share = weight;
            int at = 0;
            for (int axis = 0; axis < classes.length; axis++) {
                int up = corner >> axis & 1;
                share *= up == 1 ? part[axis] : 1 - part[axis];
                at = at * classes[axis] + low[axis] + up;
            }
            amounts[at] += share;
        }
    }

    /** Joins the last class with the first, for an axis that goes round. */
    void joinEnds() {
        amounts[0] += amounts[amounts.length - 1];
        amounts = Arrays.copyOf(amounts, amounts.length - 1);
    }

    double[] amounts() {
        return amounts;
    }
}
