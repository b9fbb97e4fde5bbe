package dev.nextstep.cli.bench;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run as the history keeps it.
 *
 * @param at when
 * @param version of this program
 * @param machine {@link MachineFacts#id}
 * @param processor its name, for readers
 * @param java version and name of the JVM
 * @param threads that computed
 * @param load average when it began; negative where it is unknown
 * @param effort how much was measured
 * @param model its name
 * @param modelId tells models and what was drawn with them apart
 * @param measures figures by name
 */
public record HistoryEntry(
        Instant at,
        String version,
        String machine,
        String processor,
        String java,
        int threads,
        double load,
        Effort effort,
        String model,
        String modelId,
        Map<String, Measure> measures) {
    public HistoryEntry {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }

    /** Whether a measure of another run means the same here: same machine, threads and effort, and the model where it counts. */
    boolean isComparable(HistoryEntry other, String measure) {
        return machine.equals(other.machine)
                && threads == other.threads
                && effort == other.effort
                && other.measures.containsKey(measure)
                && (measure.startsWith(History.KERNEL) || modelId.equals(other.modelId));
    }
}
