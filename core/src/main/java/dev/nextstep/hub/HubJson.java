package dev.nextstep.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers of the hub as maps, lists, strings and longs. Whatever else JSON has is left out: nothing here reads it. */
final class HubJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private HubJson() {}

    /**
     * Parses a document.
     *
     * @param where for the message
     * @throws HubException if it is not JSON
     */
    static Object parse(String where, byte[] document) {
        try (var parser = FACTORY.createParser(document)) {
            var token = parser.nextToken();
            if (token != null) {
                var value = value(parser, token);
                if (value.isPresent() && parser.nextToken() == null) {
                    return value.get();
                }
            }
        } catch (IOException e) {
            throw notHub(where, e);
        }
        throw notHub(where, new IOException("not one value"));
    }

    private static HubException notHub(String where, Exception cause) {
        return new HubException(
                HubException.Reason.SERVER,
                where
                        + ": the answer is not the JSON of a hub; check HF_ENDPOINT and whether a proxy or log-in page answers instead",
                cause);
    }

    // Recursion is bounded by the parser's nesting limit.
    private static Optional<Object> value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Object>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var key = parser.currentName();
                    value(parser, parser.nextToken()).ifPresent(v -> members.put(key, v));
                }
                yield Optional.of(members);
            }
            case START_ARRAY -> {
                var elements = new ArrayList<Object>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    value(parser, next).ifPresent(elements::add);
                }
                yield Optional.of(elements);
            }
            case VALUE_STRING -> Optional.of(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? Optional.empty()
                        : Optional.of(parser.getLongValue());
            default -> Optional.empty();
        };
    }

    static Optional<String> text(Object object, String key) {
        return object instanceof Map<?, ?> map && map.get(key) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    static Optional<Long> number(Object object, String key) {
        return object instanceof Map<?, ?> map && map.get(key) instanceof Long number
                ? Optional.of(number)
                : Optional.empty();
    }

    static Optional<Map<?, ?>> object(Object object, String key) {
        return object instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> member
                ? Optional.of(member)
                : Optional.empty();
    }

    static List<?> list(String where, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw notHub(where, new IOException("not a list"));
    }
}
