package dev.nextstep.server.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this server reads and writes it. */
public final class Json {
    /** Names in snake case; what is written is ASCII, so that no text can break a line, a header or a database. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Json() {}

    /**
     * The object that a client sent.
     *
     * @throws ApiException if it is not one; the message says where it goes wrong
     */
    public static ObjectNode object(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JacksonException e) {
            var place = Optional.ofNullable(e.getLocation()) // not every error has one
                    .map(at -> " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                    .orElse("");
            var reason = Texts.shown(String.valueOf(e.getOriginalMessage()));
            throw new ApiException(
                    ApiError.Kind.INVALID_BODY, "the body is not valid JSON%s: %s".formatted(place, reason));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ApiException(ApiError.Kind.INVALID_BODY, "the body must be a JSON object");
    }

    /** The values of an object by name, those that are not null: what was asked for, whatever the order. */
    public static Map<String, ?> asked(ObjectNode object) {
        var all = new TreeMap<String, JsonNode>();
        object.forEachEntry((name, value) -> {
            if (!value.isNull()) {
                all.put(name, value);
            }
        });
        return all;
    }
}
