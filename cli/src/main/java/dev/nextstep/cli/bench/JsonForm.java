package dev.nextstep.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report as JSON values: maps, lists, numbers, texts and flags. Times are seconds, sizes bytes, shares 0 to 1. */
public final class JsonForm {
    private JsonForm() {}

    /** The members of the report. */
    public static Map<String, @Nullable Object> of(BenchReport report, Optional<Comparison> comparison) {
        var all = members();
        all.put("at", report.at().toString());
        all.put("version", report.version());
        all.put("effort", report.effort().id());
        all.put("machine", machine(report));
        all.put("model", model(report.model()));
        report.limits().ifPresent(limits -> {
            var values = members();
            values.put("read_bytes_per_second", limits.readBytesPerSecond());
            values.put("flops_per_second", limits.flopsPerSecond());
            all.put("limits", values);
            all.put(
                    "kernels",
                    report.kernels().stream().map(k -> kernel(k, limits)).toList());
        });
        report.stages().ifPresent(stages -> all.put("stages", stages(stages)));
        if (!report.batches().isEmpty()) {
            all.put("batches", report.batches().stream().map(JsonForm::batch).toList());
        }
        report.peakResidentBytes().ifPresent(bytes -> all.put("peak_resident_bytes", bytes));
        comparison.ifPresent(c -> all.put("comparison", comparison(c)));
        return all;
    }

    private static Map<String, @Nullable Object> members() {
        return new LinkedHashMap<>();
    }

    private static Map<String, @Nullable Object> machine(BenchReport report) {
        var machine = report.machine();
        var values = members();
        values.put("id", machine.id());
        values.put("processor", machine.processor());
        values.put("processors", machine.processors());
        values.put("features", machine.features());
        values.put("vector_bits", machine.vectorBits());
        values.put("memory_bytes", machine.memoryBytes());
        values.put("system", machine.system());
        values.put("java", machine.java());
        values.put("threads", report.threads());
        values.put("load_at_start", known(report.loadAtStart()));
        values.put("load_at_end", known(report.loadAtEnd()));
        values.put("busy", machine.busy(report.loadAtStart()));
        return values;
    }

    private static @Nullable Object known(double load) {
        return load < 0 ? null : load;
    }

    private static Map<String, @Nullable Object> model(ModelFacts model) {
        var values = members();
        values.put("name", model.name());
        values.put("hash", model.hash().orElse(null));
        values.put("weights_bytes", model.weightsBytes());
        values.put("workload", model.workload());
        return values;
    }

    private static Map<String, @Nullable Object> kernel(KernelResult kernel, MachineLimits limits) {
        var values = members();
        values.put("weights", kernel.weights());
        values.put("rows", kernel.rows());
        values.put("outputs", kernel.outputs());
        values.put("inputs", kernel.inputs());
        values.put("seconds", quartiles(kernel.seconds()));
        values.put("bytes_per_second", 1e9 * kernel.gigabytesPerSecond());
        values.put("flops_per_second", 1e9 * kernel.gigaflopsPerSecond());
        values.put("limit", kernel.bound(limits).id());
        values.put("share_of_limit", kernel.shareOfLimit(limits));
        return values;
    }

    private static Map<String, @Nullable Object> stages(StagesReport stages) {
        var values = members();
        values.put("guidance_rows", stages.guidanceRows());
        values.put("steps", stages.steps());
        values.put("prompt_positions", stages.promptPositions());
        values.put("prompt_seconds", quartiles(stages.prompt()));
        values.put("lm_head_seconds", quartiles(stages.languageHead()));
        values.put("lengths", stages.lengths().stream().map(JsonForm::length).toList());
        values.put(
                "decoding", stages.decoding().stream().map(JsonForm::decoding).toList());
        return values;
    }

    private static Map<String, @Nullable Object> length(StageResult length) {
        var values = members();
        values.put("tokens", length.tokens());
        values.put("drawn", length.drawn());
        values.put("estimated", length.estimated());
        values.put("transformer_seconds_per_token", quartiles(length.transformerPerToken()));
        values.put("flow_head_seconds_per_token", quartiles(length.flowHeadPerToken()));
        values.put("total_seconds", quartiles(length.total()));
        values.put("without_flow_head_seconds", quartiles(length.transformer()));
        return values;
    }

    private static Map<String, @Nullable Object> decoding(DecodeResult decoding) {
        var values = members();
        values.put("side_pixels", decoding.side());
        values.put("estimated", decoding.estimated());
        values.put("seconds", quartiles(decoding.seconds()));
        return values;
    }

    private static Map<String, @Nullable Object> batch(BatchResult batch) {
        var values = members();
        values.put("pictures", batch.pictures());
        values.put("seconds", quartiles(batch.seconds()));
        values.put("pictures_per_second", batch.picturesPerSecond());
        values.put("predicted_bytes", batch.predictedBytes());
        values.put(
                "peak_resident_bytes",
                batch.peakResidentBytes().isPresent()
                        ? batch.peakResidentBytes().getAsLong()
                        : null);
        return values;
    }

    private static Map<String, @Nullable Object> comparison(Comparison comparison) {
        var values = members();
        values.put("before", comparison.before().at().toString());
        values.put("before_version", comparison.before().version());
        values.put("threshold", Comparison.THRESHOLD);
        values.put("compared", comparison.changes().size());
        for (var verdict : List.of(Comparison.Verdict.WORSE, Comparison.Verdict.BETTER)) {
            values.put(
                    verdict.name().toLowerCase(Locale.ROOT),
                    comparison.changes(verdict).stream().map(JsonForm::change).toList());
        }
        return values;
    }

    private static Map<String, @Nullable Object> change(Comparison.Change change) {
        var values = members();
        values.put("measure", change.name());
        values.put("unit", change.now().unit().id());
        values.put("before", quartiles(change.before().value()));
        values.put("now", quartiles(change.now().value()));
        values.put("ratio", change.ratio());
        return values;
    }

    private static Map<String, @Nullable Object> quartiles(Quartiles quartiles) {
        var values = members();
        values.put("median", quartiles.median());
        values.put("lower", quartiles.lower());
        values.put("upper", quartiles.upper());
        return values;
    }
}
