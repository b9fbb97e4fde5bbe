package dev.nextstep.cli.bench;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that a run measured. Sections that were not asked for are empty.
 *
 * @param at when measuring began
 * @param version of this program
 * @param machine what measured
 * @param threads that computed
 * @param loadAtStart load average over a minute; negative where it is unknown
 * @param loadAtEnd the same at the end, this run's own load included
 * @param effort how much was measured
 * @param model what was drawn with
 * @param limits of the machine, measured beside the kernels
 * @param kernels matrix products
 * @param stages one picture in its stages
 * @param batches pictures drawn together
 * @param peakResidentBytes of the process while it drew; empty if it did not, or if the system does not tell
 */
public record BenchReport(
        Instant at,
        String version,
        MachineFacts machine,
        int threads,
        double loadAtStart,
        double loadAtEnd,
        Effort effort,
        ModelFacts model,
        Optional<MachineLimits> limits,
        List<KernelResult> kernels,
        Optional<StagesReport> stages,
        List<BatchResult> batches,
        OptionalLong peakResidentBytes) {
    public BenchReport {
        kernels = List.copyOf(kernels);
        batches = List.copyOf(batches);
    }

    /** The figures that later runs are compared with, by name; those of kernels begin with {@value History#KERNEL}. */
    Map<String, Measure> measures() {
        var all = new LinkedHashMap<String, Measure>();
        for (var kernel : kernels) {
            all.put(
                    "%s%s, rows: %d".formatted(History.KERNEL, kernel.weights(), kernel.rows()),
                    Measure.seconds(kernel.seconds()));
        }
        stages.ifPresent(report -> {
            all.put("LM head", Measure.seconds(report.languageHead()));
            for (var length : report.lengths()) {
                if (!length.estimated()) {
                    String name = ", tokens: " + length.tokens();
                    all.put("transformer step" + name, Measure.seconds(length.transformerPerToken()));
                    all.put("flow head" + name, Measure.seconds(length.flowHeadPerToken()));
                }
            }
            for (var decoding : report.decoding()) {
                if (!decoding.estimated()) {
                    all.put("decoding %1$d x %1$d".formatted(decoding.side()), Measure.seconds(decoding.seconds()));
                }
            }
        });
        for (var batch : batches) {
            String name = ", pictures: " + batch.pictures();
            all.put("drawing" + name, Measure.seconds(batch.seconds()));
            batch.peakResidentBytes().ifPresent(bytes -> all.put("peak memory" + name, Measure.bytes(bytes)));
        }
        return Collections.unmodifiableMap(all);
    }

    /** What the history keeps of it. */
    public HistoryEntry historyEntry() {
        return new HistoryEntry(
                at,
                version,
                machine.id(),
                machine.processor(),
                machine.java(),
                threads,
                loadAtStart,
                effort,
                model.name(),
                model.id(),
                measures());
    }
}
