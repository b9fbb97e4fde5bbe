package dev.nextstep.vae;

/** Which of the two published code bases a checkpoint is to be understood by, where they differ. */
public enum CodeGeneration {
    /** The mean is normalised whenever {@code encoder_norm} is set; without {@code psz}, over each latent pixel. */
    AUGUST_2025,
    /** The mean is normalised only when {@code encoder_norm} is set and {@code psz} is not null. */
    FEBRUARY_2026
}
