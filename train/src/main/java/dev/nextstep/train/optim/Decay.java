package dev.nextstep.train.optim;

/**
 * What becomes of the learning rate after warm-up, as a factor of the base rate. The formulas are those of the official
 * schedules (spec §8.4); past their end ours keep the last value (spec §15.22).
 */
public sealed interface Decay {

    /**
     * The factor.
     *
     * @param elapsed how much has gone by since the end of warm-up, in any unit; at least 0
     * @param length from the end of warm-up to the end of training, in the same unit; more than 0
     */
    double factor(double elapsed, double length);

    /** Always 1. */
    record Constant() implements Decay {
        @Override
        public double factor(double elapsed, double length) {
            return 1;
        }
    }

    /**
     * From 1 along a cosine.
     *
     * @param floor what it oscillates down to, 0 to 1; the published configurations have 1, which is constant (spec §11
     *     #34)
     * @param cycles waves until the end; 0.5, the usual, ends at the floor
     */
    record Cosine(double floor, double cycles) implements Decay {
        /** Checks the ranges. */
        public Cosine {
            OptimizerSettings.between("floor of the learning rate", floor, 0, 1);
            OptimizerSettings.between("cycles", cycles, 0, 1e6);
        }

        /** Half a wave, from 1 to the floor. */
        public static Cosine to(double floor) {
            return new Cosine(floor, 0.5);
        }

        @Override
        public double factor(double elapsed, double length) {
            double progress = Math.min(1, elapsed / length);
            double wave = Math.max(0, 0.5 * (1 + Math.cos(Math.PI * cycles * 2 * progress)));
            return (1 - floor) * wave + floor;
        }
    }

    /**
     * Several half cosines from 1 to 0, each starting anew.
     *
     * @param cycles how many
     */
    record CosineWithRestarts(double cycles) implements Decay {
        /** Checks the range. */
        public CosineWithRestarts {
            OptimizerSettings.between("cycles", cycles, Double.MIN_VALUE, 1e6);
        }

        @Override
        public double factor(double elapsed, double length) {
            double progress = elapsed / length;
            return progress >= 1 ? 0 : Math.max(0, 0.5 * (1 + Math.cos(Math.PI * ((cycles * progress) % 1))));
        }
    }

    /** Straight from 1 to 0. */
    record Linear() implements Decay {
        @Override
        public double factor(double elapsed, double length) {
            return Math.max(0, (length - elapsed) / length);
        }
    }

    /**
     * A power of what is left, down to an end.
     *
     * @param end factor at the end, 0 to 1: the official {@code lr_end} over the base rate
     * @param power 1 is straight
     */
    record Polynomial(double end, double power) implements Decay {
        /** Checks the ranges. */
        public Polynomial {
            OptimizerSettings.between("end of the learning rate", end, 0, 1);
            OptimizerSettings.between("power", power, Double.MIN_VALUE, 100);
        }

        @Override
        public double factor(double elapsed, double length) {
            double left = Math.max(0, 1 - elapsed / length);
            return (1 - end) * Math.pow(left, power) + end;
        }
    }

    /**
     * 1 / √(1 + elapsed / timescale): has no end.
     *
     * @param timescale steps; officially those of the warm-up
     */
    record InverseSquareRoot(double timescale) implements Decay {
        /** Checks the range. */
        public InverseSquareRoot {
            OptimizerSettings.between("timescale", timescale, Double.MIN_VALUE, 1e15);
        }

        @Override
        public double factor(double elapsed, double length) {
            return 1 / Math.sqrt((elapsed + timescale) / timescale);
        }
    }
}
