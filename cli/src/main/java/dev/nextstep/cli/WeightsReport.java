package dev.nextstep.cli;

import dev.nextstep.checkpoint.Gguf;
import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.cli.terminal.VisibleText;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.TensorSource;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of weights. */
final class WeightsReport {
    private static final int LONGEST = 200;

    private final Report report;

    WeightsReport(Report report) {
        this.report = report;
    }

    void write(Path file, TensorSource source, boolean list) {
        var section = report.section("File");
        section.add("path", file.toString());
        var types = new EnumMap<DataType, Long>(DataType.class);
        long parameters = 0;
        long bytes = 0;
        for (var name : source.names()) {
            var tensor = source.find(name).orElseThrow();
            types.merge(tensor.type(), tensor.elements(), Long::sum);
            parameters += tensor.elements();
            bytes += tensor.data().byteSize();
        }
        section.add("tensors", source.names().size());
        section.add("values", parameters, "%,d".formatted(parameters));
        section.add("bytes", bytes, "%,d (%s)".formatted(bytes, Amounts.bytes(bytes)));
        var byType = new LinkedHashMap<String, Long>();
        types.forEach((type, n) -> byType.put(type.name(), n));
        section.add("values_by_type", byType, text(byType));
        if (source instanceof Safetensors safetensors && !safetensors.metadata().isEmpty()) {
            section.add("metadata", safetensors.metadata());
        }
        if (source instanceof Gguf gguf && !gguf.metadata().isEmpty()) {
            var metadata = report.section("Metadata");
            gguf.metadata()
                    .forEach((key, value) -> metadata.addNamed(shown(key), value.toString(), shown(value.toString())));
        }
        if (list) {
            tensors(report, "Tensors", source);
        }
    }

    // Foreign text: without what would steer a terminal, and not longer than a few lines.
    private static String shown(String text) {
        return VisibleText.of(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }

    private static String text(Map<String, Long> byType) {
        return String.join(
                ", ",
                byType.entrySet().stream()
                        .map(e -> "%s %,d".formatted(e.getKey(), e.getValue()))
                        .toList());
    }

    /** A section that lists tensors. */
    static void tensors(Report report, String title, TensorSource source) {
        var section = report.section(title);
        for (var name : source.names()) {
            source.find(name).ifPresent(tensor -> {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("type", tensor.type().name());
                facts.put("shape", tensor.shape());
                section.addNamed(name, facts, "%-4s %s".formatted(tensor.type(), tensor.shape()));
            });
        }
    }
}
