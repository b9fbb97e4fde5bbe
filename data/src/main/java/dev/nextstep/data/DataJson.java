package dev.nextstep.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON of samples, indexes and reports: objects as maps, numbers as Integer, Long, Double or a big one. */
public final class DataJson {
    /** Larger documents are refused unread. */
    private static final long MAX_FILE = 1L << 30;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private DataJson() {}

    /**
     * Parses an object. Members that are null are left out, on every level.
     *
     * @param name what error messages call it
     * @throws DataException if it is not JSON, not an object, or has a key twice
     */
    public static Map<String, Object> parseObject(byte[] json, String name) {
        Object value;
        try {
            value = MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new DataException(name + ": is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DataException(name + ": is not valid JSON: " + e.getMessage(), e);
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new DataException(name + ": is no JSON object");
        }
        return withoutNulls(map);
    }

    /** Parses a file, as {@link #parseObject} does. */
    public static Map<String, Object> readObject(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE) {
            throw DataException.of(file, "has %d bytes; at most %d are read".formatted(size, MAX_FILE));
        }
        return parseObject(Files.readAllBytes(file), file.toString());
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> map) {
        var out = new LinkedHashMap<String, Object>();
        map.forEach((k, v) -> {
            var kept = withoutNulls(v);
            if (kept != null) {
                out.put(String.valueOf(k), kept);
            }
        });
        return out;
    }

    private static @Nullable Object withoutNulls(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> withoutNulls(map);
            case Collection<?> list -> {
                var out = new ArrayList<Object>();
                for (var element : list) {
                    var kept = withoutNulls(element);
                    if (kept != null) {
                        out.add(kept);
                    }
                }
                yield out;
            }
            default -> value;
        };
    }

    /** One line of JSON with the keys of every object in their alphabetical order: equal values, equal bytes. */
    public static byte[] line(Map<String, ?> members) {
        try {
            return MAPPER.writeValueAsBytes(sorted(members));
        } catch (JsonProcessingException e) {
            throw new DataException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** JSON for people as well: the keys in their given order, one member on each line. */
    public static String pretty(Map<String, ?> members) {
        try {
            return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            throw new DataException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                var out = new TreeMap<String, @Nullable Object>();
                map.forEach((k, v) -> out.put(String.valueOf(k), sorted(v)));
                yield out;
            }
            case List<?> list -> {
                var out = new ArrayList<@Nullable Object>();
                list.forEach(v -> out.add(sorted(v)));
                yield out;
            }
            default -> value;
        };
    }
}
