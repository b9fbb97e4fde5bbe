package dev.nextstep.cli.bench;

import java.util.OptionalLong;

/**
 * Pictures drawn together.
 *
 * @param pictures how many
 * @param seconds for all of them, prompt to pixels
 * @param predictedBytes weights and what the drawing is predicted to need of the heap
 * @param peakResidentBytes the most that this process had in memory until then; empty where the system does not tell
 */
public record BatchResult(int pictures, Quartiles seconds, long predictedBytes, OptionalLong peakResidentBytes) {

    double picturesPerSecond() {
        return pictures / seconds.median();
    }
}
