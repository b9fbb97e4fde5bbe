package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;
import java.util.Optional;

/**
 * Token-wise normalisation of the latent mean (spec §4.2): layer norm without gain and bias, ε = 1e-6, over all channels
 * of a cell of patchSize × patchSize latent pixels. The paper's reason: the statistics of a token are then the same at
 * any guidance scale.
 *
 * @param patchSize side of a cell, at least 1; the official tokenizer has 1
 */
public record LatentNormalization(int patchSize) {
    private static final double EPSILON = 1e-6;

    public LatentNormalization {
        if (patchSize < 1) {
            throw new IllegalArgumentException("psz must be at least 1, not " + patchSize);
        }
    }

    /** The normalisation that a configuration asks for; empty if it asks for none. */
    public static Optional<LatentNormalization> of(VaeConfig config, CodeGeneration generation) {
        if (!config.encoderNorm()) {
            return Optional.empty();
        }
        if (config.normPatchSize().isPresent()) {
            return Optional.of(new LatentNormalization(config.normPatchSize().getAsInt()));
        }
        return switch (generation) {
            case AUGUST_2025 -> Optional.of(new LatentNormalization(1));
            case FEBRUARY_2026 -> Optional.empty();
        };
    }

    /**
     * The normalised latent.
     *
     * @throws IllegalArgumentException if a side is not a multiple of the cell's
     */
    public Planes apply(Planes latent) {
        var patchifier = new Patchifier(patchSize);
        float[] cells = patchifier.patchify(latent);
        int size = latent.channels() * patchSize * patchSize;
        for (int from = 0; from < cells.length; from += size) {
            normalize(cells, from, size);
        }
        return patchifier.unpatchify(cells, latent.channels(), latent.height() / patchSize, latent.width() / patchSize);
    }

    private static void normalize(float[] values, int from, int size) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += values[i];
        }
        double mean = sum / size;
        double squares = 0;
        for (int i = from; i < from + size; i++) {
            double d = values[i] - mean;
            squares += d * d;
        }
        double inverse = 1 / Math.sqrt(squares / size + EPSILON);
        for (int i = from; i < from + size; i++) {
            values[i] = (float) ((values[i] - mean) * inverse);
        }
    }
}
