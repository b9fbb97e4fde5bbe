package dev.nextstep.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON in a picture's texts. Whatever is not JSON, or is more than settings can be, is nothing. Objects become maps, arrays
 * lists, strings strings; everything else stays as it is written, in a {@link Literal}.
 */
final class MetadataJson {
    private static final int LONGEST = 4 << 20;

    /** Bounds memory, as a value takes many times the two characters that it may be written with. */
    private static final int MOST_VALUES = 500_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            // Python writes NaN.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private int values;

    private MetadataJson() {}

    /** A number, true, false or null, as written. */
    record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** An object from the whole text. */
    @SuppressWarnings("unchecked") // only value() makes these maps
    static Optional<Map<String, Object>> object(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("{") && trimmed.endsWith("}") && trimmed.length() <= LONGEST
                ? parse(trimmed).map(value -> (Map<String, Object>) value)
                : Optional.empty();
    }

    /** A string from its JSON form. */
    static Optional<String> string(String text) {
        return text.startsWith("\"") && text.endsWith("\"") ? parse(text).map(Object::toString) : Optional.empty();
    }

    private static Optional<Object> parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = new MetadataJson().value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || ++values > MOST_VALUES) {
            throw new IOException("too many values, or none");
        }
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                map.put(key, value(parser));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        return token == JsonToken.VALUE_STRING ? parser.getText() : new Literal(parser.getText());
    }

    /** A string in JSON, on one line, in characters that every encoding holds. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
                continue;
            }
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean odd = Character.isISOControl(c)
                            || Character.isSurrogate(c)
                            || c == 0x2028
                            || c == 0x2029
                            || c >= 0xFFFE;
                    out.append(odd ? "\\u%04x".formatted((int) c) : c);
                }
            }
        }
        return out.append('"').toString();
    }

    /** A value in JSON. */
    static String write(Object value) {
        return switch (value) {
            case String text -> quote(text);
            case Map<?, ?> map -> {
                List<String> parts = new ArrayList<>();
                map.forEach((key, part) -> parts.add(quote(String.valueOf(key)) + ": " + write(part)));
                yield "{" + String.join(", ", parts) + "}";
            }
            case List<?> list -> {
                List<String> parts = new ArrayList<>();
                list.forEach(part -> parts.add(write(part)));
                yield "[" + String.join(", ", parts) + "]";
            }
            default -> String.valueOf(value);
        };
    }
}
