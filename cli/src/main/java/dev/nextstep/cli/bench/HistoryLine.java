package dev.nextstep.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A run as one line of JSON. Members that are not known are skipped, so that later versions may add some. */
final class HistoryLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private HistoryLine() {}

    static String text(HistoryEntry entry) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("at", entry.at().toString());
            json.writeStringField("version", entry.version());
            json.writeStringField("machine", entry.machine());
            json.writeStringField("processor", entry.processor());
            json.writeStringField("java", entry.java());
            json.writeNumberField("threads", entry.threads());
            json.writeNumberField("load", entry.load());
            json.writeStringField("effort", entry.effort().id());
            json.writeStringField("model", entry.model());
            json.writeStringField("model_id", entry.modelId());
            json.writeObjectFieldStart("measures");
            for (var measure : entry.measures().entrySet()) {
                write(json, measure.getKey(), measure.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter throws none
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, Measure measure) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("lower", measure.value().lower());
        json.writeNumberField("median", measure.value().median());
        json.writeNumberField("upper", measure.value().upper());
        json.writeStringField("unit", measure.unit().id());
        json.writeEndObject();
    }

    /**
     * Reads a line.
     *
     * @param where for messages
     * @throws HistoryException if it is not a run
     */
    static HistoryEntry parse(String line, String where) {
        try (var json = FACTORY.createParser(line)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "an object");
            var texts = new HashMap<String, String>();
            var measures = new LinkedHashMap<String, Measure>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                var value = json.nextToken();
                if (name.equals("measures")) {
                    readMeasures(json, measures);
                } else if (value.isScalarValue()) {
                    texts.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            return new HistoryEntry(
                    Instant.parse(member(texts, "at")),
                    member(texts, "version"),
                    member(texts, "machine"),
                    member(texts, "processor"),
                    member(texts, "java"),
                    Integer.parseInt(member(texts, "threads")),
                    Double.parseDouble(member(texts, "load")),
                    Effort.valueOf(member(texts, "effort").toUpperCase(Locale.ROOT)),
                    member(texts, "model"),
                    member(texts, "model_id"),
                    measures);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new HistoryException(
                    "%s is not a run of 'nextstep bench' (%s); remove the line or name another --history"
                            .formatted(where, firstLine(e)),
                    e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void readMeasures(JsonParser json, Map<String, Measure> measures) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "measures in an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            require(json.nextToken() == JsonToken.START_OBJECT, "a measure in an object");
            var texts = new HashMap<String, String>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                require(json.nextToken().isScalarValue(), "plain values in a measure");
                texts.put(key, json.getText());
            }
            var value = new Quartiles(number(texts, "lower"), number(texts, "median"), number(texts, "upper"));
            measures.put(
                    name, new Measure(Measure.Unit.valueOf(member(texts, "unit").toUpperCase(Locale.ROOT)), value));
        }
    }

    private static double number(Map<String, String> texts, String name) {
        double value = Double.parseDouble(member(texts, name));
        require(Double.isFinite(value) && value >= 0, name + " to be finite and not negative");
        return value;
    }

    private static String member(Map<String, String> texts, String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no member '%s'".formatted(name));
        }
        return text;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + what);
        }
    }
}
