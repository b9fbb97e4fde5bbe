package dev.nextstep.train.plan;

/**
 * What a step is expected to compute on; expectations over the mixture, so not whole.
 *
 * @param positions places of all rows, padding included
 * @param rowLength places of a row
 * @param text labels that the LM head predicts
 * @param image image tokens that the transformer reads
 * @param learned of these, those that the flow head learns
 * @param pictures pictures
 * @param samples samples
 */
public record StepTokens(
        double positions,
        double rowLength,
        double text,
        double image,
        double learned,
        double pictures,
        double samples) {
    /** So many times as much, in rows of the same length. */
    public StepTokens times(double factor) {
        return new StepTokens(
                positions * factor,
                rowLength,
                text * factor,
                image * factor,
                learned * factor,
                pictures * factor,
                samples * factor);
    }
}
