package dev.nextstep.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reading JSON from outside: bounded depth, bounded strings, and errors that name the file. Small sections become plain
 * maps and lists; the large ones are streamed by their readers.
 */
final class JsonTree {
    /** Stands for JSON's null. */
    static final Object NULL = new Object();

    private static final long LARGEST_FILE = 512L << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Every key of a vocabulary is new, so a table of known keys only costs time.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 16)
                    .build())
            .build();

    private JsonTree() {}

    /** What is done with an open parser. */
    interface Reader<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Opens a file, reads it, and turns every failure into one that names the file. */
    static <T> T read(Path file, Reader<T> reader) {
        try {
            byte[] bytes = bytes(file);
            try (var parser = FACTORY.createParser(bytes)) {
                T result = reader.read(parser);
                if (parser.nextToken() != null) {
                    throw new PromptException("something follows the end of the JSON value");
                }
                return result;
            }
        } catch (StreamConstraintsException e) {
            throw new PromptException(file + ": beyond what a tokenizer file may hold: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new PromptException(
                    file + ": not valid JSON"
                            + (at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                            + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new PromptException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (PromptException e) {
            throw new PromptException(file + ": " + e.getMessage(), e);
        }
    }

    static byte[] bytes(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_FILE) {
            throw new PromptException(
                    "the file has %d bytes; a tokenizer file has at most %d".formatted(size, LARGEST_FILE));
        }
        return Files.readAllBytes(file);
    }

    /** An object from a whole file. */
    static Map<String, Object> object(Path file) {
        return read(file, parser -> {
            parser.nextToken();
            return asObject(value(parser), "the file");
        });
    }

    /** The value that starts at the parser's current token; recursion is bounded by the parser's depth limit. */
    static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new PromptException("the file ends where a value should stand");
        }
        return switch (token) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                    parser.nextToken();
                    if (map.put(key, value(parser)) != null) {
                        throw new PromptException(
                                "the key '%s' stands twice in one object".formatted(PromptText.shorten(key)));
                    }
                }
                yield map;
            }
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> throw new PromptException("unexpected " + token);
        };
    }

    /** The integer at the parser; what does not fit a long counts as damaged. */
    static long integer(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new PromptException("expected an integer, found " + parser.currentToken());
        }
        return parser.getLongValue();
    }

    @SuppressWarnings("unchecked") // only value() makes these maps
    static Map<String, Object> asObject(Object value, String what) {
        if (value instanceof Map) {
            return (Map<String, Object>) value;
        }
        throw new PromptException(what + " must be an object");
    }

    @SuppressWarnings("unchecked") // only value() makes these lists
    static List<Object> asList(Object value, String what) {
        if (value instanceof List) {
            return (List<Object>) value;
        }
        throw new PromptException(what + " must be a list");
    }

    static String string(Map<String, Object> object, String key, String what) {
        if (object.get(key) instanceof String text) {
            return text;
        }
        throw new PromptException("%s: '%s' must be a string".formatted(what, key));
    }

    /** A flag that may be absent or null. */
    static boolean flag(Map<String, Object> object, String key, boolean absent) {
        return switch (object.getOrDefault(key, NULL)) {
            case Boolean value -> value;
            case Object value when value == NULL -> absent;
            default -> throw new PromptException("'%s' must be true or false".formatted(key));
        };
    }

    /** A token's text: a string, or an object with its content; nothing when absent or null. */
    static Optional<String> tokenText(Map<String, Object> object, String key) {
        return switch (object.getOrDefault(key, NULL)) {
            case String text -> Optional.of(text);
            case Map<?, ?> map when map.get("content") instanceof String text -> Optional.of(text);
            case Object value when value == NULL -> Optional.empty();
            default -> throw new PromptException("'%s' must be a token or null".formatted(key));
        };
    }
}
