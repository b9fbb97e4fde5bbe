package dev.nextstep.train.model;

import dev.nextstep.prompt.Grid;
import dev.nextstep.train.run.RandomStream;

/**
 * Noise on the image tokens that the transformer reads while it learns; targets stay clean. It readies the model for its own
 * imperfect tokens.
 */
public sealed interface InputNoise {
    /**
     * Adds noise to the tokens of one picture.
     *
     * @param tokens [grid.tokens · channels · patch²], changed
     * @param random stream of this picture
     */
    void add(float[] tokens, Grid grid, int patch, RandomStream random);

    /** None: the official runs. */
    record None() implements InputNoise {
        @Override
        public void add(float[] tokens, Grid grid, int patch, RandomStream random) {}
    }

    /**
     * The official {@code noise_strength}: rises over the latent pixels in raster order from 0 to {@code strength}, both
     * reached (spec §8.3, §15.21).
     *
     * @param strength standard deviation at the last latent pixel, 0 to 4
     */
    record Ramp(double strength) implements InputNoise {
        /** Checks the range. */
        public Ramp {
            check(strength);
        }

        @Override
        public void add(float[] tokens, Grid grid, int patch, RandomStream random) {
            int size = tokens.length / grid.tokens();
            int width = grid.columns() * patch;
            int last = Math.max(1, grid.rows() * patch * width - 1);
            for (int i = 0; i < tokens.length; i++) {
                int token = i / size;
                int inside = i % size % (patch * patch);
                int y = token / grid.columns() * patch + inside / patch;
                int x = token % grid.columns() * patch + inside % patch;
                tokens[i] += (float) (strength * (y * width + x) / last * random.nextGaussian());
            }
        }
    }

    /**
     * Some pictures get noise of a level of their own, uniform up to a largest one.
     *
     * @param share of pictures that get any, 0 to 1
     * @param largest standard deviation, 0 to 4
     */
    record Uniform(double share, double largest) implements InputNoise {
        /** Checks the ranges. */
        public Uniform {
            check(largest);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share of noisy pictures is " + share + ", allowed is 0 to 1");
            }
        }

        @Override
        public void add(float[] tokens, Grid grid, int patch, RandomStream random) {
            if (random.nextDouble() >= share) {
                return;
            }
            double level = largest * random.nextDouble();
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] += (float) (level * random.nextGaussian());
            }
        }
    }

    private static void check(double deviation) {
        if (!(deviation >= 0 && deviation <= 4)) {
            throw new IllegalArgumentException("noise on input tokens is " + deviation + ", allowed is 0 to 4");
        }
    }
}
