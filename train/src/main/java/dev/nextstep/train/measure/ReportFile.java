package dev.nextstep.train.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report as JSON, and back: so that one model's figures can stand beside another's. */
public final class ReportFile {
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportFile() {}

    /** The report as indented JSON. */
    public static String json(EvaluationReport report) {
        var root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("model", report.model());
        root.put("weights_sha256", report.weights());
        root.put("size", report.size());
        root.put("seed", report.seed());
        report.facts().forEach(root.putObject("facts")::put);
        var figures = root.putArray("figures");
        report.figures().forEach(figure -> put(figures.addObject(), figure));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static void put(ObjectNode node, Figure figure) {
        node.put("id", figure.id());
        node.put("text", figure.text());
        node.put("unit", figure.unit().name().toLowerCase(Locale.ROOT));
        node.put("value", figure.estimate().value());
        node.put("standard_error", figure.estimate().standardError());
        node.put("low95", figure.estimate().low());
        node.put("high95", figure.estimate().high());
        node.put("count", figure.estimate().count());
        figure.bar().ifPresent(bar -> node.put("bar", bar));
    }

    /**
     * Reads a report.
     *
     * @throws MeasureException if the file is missing or no report
     */
    public static EvaluationReport read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeasureException(file + ": no such report");
        }
        try {
            var root = MAPPER.readTree(Files.readAllBytes(file));
            if (root.path("format").asInt() != FORMAT) {
                throw new MeasureException(file + ": is no report of format " + FORMAT);
            }
            var facts = new LinkedHashMap<String, String>();
            root.path("facts")
                    .properties()
                    .forEach(e -> facts.put(e.getKey(), e.getValue().asText()));
            var figures = new ArrayList<Figure>();
            root.path("figures").forEach(node -> figures.add(figure(node)));
            return new EvaluationReport(
                    root.path("model").asText(),
                    root.path("weights_sha256").asText(),
                    root.path("size").asInt(),
                    root.path("seed").asLong(),
                    facts,
                    figures);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MeasureException(file + ": is no report (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new MeasureException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static Figure figure(JsonNode node) {
        var estimate = new Estimate(
                node.path("value").asDouble(),
                node.path("standard_error").asDouble(),
                node.path("low95").asDouble(),
                node.path("high95").asDouble(),
                node.path("count").asInt());
        return new Figure(
                node.path("id").asText(),
                node.path("text").asText(),
                estimate,
                Figure.Unit.valueOf(node.path("unit").asText().toUpperCase(Locale.ROOT)),
                node.has("bar") ? OptionalDouble.of(node.path("bar").asDouble()) : OptionalDouble.empty());
    }
}
