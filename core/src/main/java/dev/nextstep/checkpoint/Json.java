package dev.nextstep.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a small JSON document together with its place, so that every complaint names file and key path. Numbers
 * are exact; a key that occurs twice, deep nesting and oversized files are refused.
 */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final Path file;
    private final String path;

    /** Map, List, String, BigDecimal, Boolean, or null for JSON's null. */
    private final @Nullable Object value;

    private Json(Path file, String path, @Nullable Object value) {
        this.file = file;
        this.path = path;
        this.value = value;
    }

    /**
     * Parses a file of UTF-8 text.
     *
     * @param maxBytes larger files are refused unread
     */
    static Json read(Path file, long maxBytes) {
        return parse(file, readText(file, maxBytes));
    }

    /** The text of a file; a missing, oversized or wrongly encoded one is refused. */
    static String readText(Path file, long maxBytes) {
        try {
            if (Files.isDirectory(file)) {
                throw CheckpointException.of(file, "is a directory, expected a JSON file");
            }
            long size = Files.size(file);
            if (size > maxBytes) {
                throw CheckpointException.of(file, "has %d bytes, more than the %d allowed".formatted(size, maxBytes));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw CheckpointException.of(file, "no such file", e);
        } catch (CharacterCodingException e) {
            throw CheckpointException.of(file, "is not valid UTF-8", e);
        } catch (IOException e) {
            throw CheckpointException.of(file, "cannot be read: " + CheckpointException.quote(e.toString()), e);
        }
    }

    /** Parses a text; {@code file} is for messages. */
    static Json parse(Path file, String text) {
        try (var parser = FACTORY.createParser(text)) {
            var token = parser.nextToken();
            if (token == null) {
                throw CheckpointException.of(file, "is empty, expected JSON");
            }
            var value = value(file, parser, token, "");
            if (parser.nextToken() != null) {
                throw CheckpointException.of(file, "has text after the JSON value");
            }
            return new Json(file, "", value);
        } catch (IOException e) {
            var reason = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            throw CheckpointException.of(file, "is not valid JSON: " + CheckpointException.quote(reason), e);
        }
    }

    // Recursion is bounded by the parser's nesting limit.
    private static @Nullable Object value(Path file, JsonParser parser, JsonToken token, String path)
            throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    if (members.containsKey(key)) {
                        throw CheckpointException.of(
                                file, "key '" + CheckpointException.quote(child(path, key)) + "' occurs twice");
                    }
                    members.put(key, value(file, parser, parser.nextToken(), child(path, key)));
                }
                yield Collections.unmodifiableMap(members);
            }
            case START_ARRAY -> {
                var elements = new ArrayList<@Nullable Object>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    elements.add(value(file, parser, next, path));
                }
                yield Collections.unmodifiableList(elements);
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(file, parser, path);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw CheckpointException.of(file, "is not valid JSON: unexpected " + token);
        };
    }

    private static BigDecimal number(Path file, JsonParser parser, String path) throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException | ArithmeticException e) {
            // An exponent beyond 2^31 is valid JSON, but no number that anything here could be.
            throw CheckpointException.of(
                    file, "key '" + CheckpointException.quote(path) + "' has a number out of every range", e);
        }
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A complaint about this value, naming file, key path and value. */
    CheckpointException refused(String reason) {
        var where = path.isEmpty() ? "" : "key '" + CheckpointException.quote(path) + "' ";
        return CheckpointException.of(file, where + "is " + CheckpointException.quote(brief()) + ": " + reason);
    }

    private String brief() {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "an object of " + map.size() + " members";
            case List<?> list -> "a list of " + list.size() + " elements";
            case String text -> '"' + text + '"';
            default -> value.toString();
        };
    }

    /** The member of that name, unless it is absent or null. */
    Optional<Json> get(String key) {
        if (!(value instanceof Map<?, ?> members)) {
            throw refused("expected an object");
        }
        var member = members.get(key);
        return member == null ? Optional.empty() : Optional.of(new Json(file, child(path, key), member));
    }

    /** Whether the member is there, be it null. */
    boolean has(String key) {
        return value instanceof Map<?, ?> members && members.containsKey(key);
    }

    /** All members of an object, in file order. */
    Map<String, Json> members() {
        if (!(value instanceof Map<?, ?> members)) {
            throw refused("expected an object");
        }
        var result = new LinkedHashMap<String, Json>();
        members.forEach((k, v) -> result.put((String) k, new Json(file, child(path, (String) k), v)));
        return result;
    }

    /** All elements of a list. */
    List<Json> elements() {
        if (!(value instanceof List<?> list)) {
            throw refused("expected a list");
        }
        var result = new ArrayList<Json>(list.size());
        for (int i = 0; i < list.size(); i++) {
            result.add(new Json(file, path + "[" + i + "]", list.get(i)));
        }
        return result;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw refused("expected a string");
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw refused("expected true or false");
    }

    /** An integer of that range; 2.0 counts as 2, as in the reference. */
    int integer(int from, int to) {
        if (value instanceof BigDecimal number
                && number.precision() - (long) number.scale() <= 12
                && number.stripTrailingZeros().scale() <= 0) {
            long whole = number.longValue();
            if (whole >= from && whole <= to) {
                return (int) whole;
            }
        }
        throw refused("expected an integer from %d to %d".formatted(from, to));
    }

    /** A finite number of that range. */
    double number(double from, double to) {
        if (value instanceof BigDecimal number) {
            double d = number.doubleValue();
            if (d >= from && d <= to) {
                return d;
            }
        }
        throw refused("expected a number from %s to %s".formatted(from, to));
    }
}
