package dev.nextstep.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.nextstep.tensor.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a safetensors file, parsed strictly: what the format's text does not allow is refused, and the
 * data must be covered by the tensors without hole, overlap or surplus.
 *
 * @param metadata the {@code __metadata__} member
 * @param entries tensors in header order
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
    /** Longest header that is read, the format's own limit: 100 MB. */
    static final long MAX_BYTES = 100_000_000;

    static final String METADATA = "__metadata__";

    // Names are not interned nor cached: they are foreign and used once.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .build())
            .build();

    /**
     * One tensor.
     *
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last one
     */
    record Entry(DataType type, List<Long> shape, long begin, long end) {}

    /** Thrown with the reason only; the caller adds the file. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /**
     * @param json header bytes
     * @param dataBytes bytes of the file after the header
     */
    static SafetensorsHeader parse(ByteBuffer json, long dataBytes) throws Refused {
        char[] text;
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(json);
            text = new char[decoded.remaining()];
            decoded.get(text);
        } catch (CharacterCodingException e) {
            throw new Refused("header is not valid UTF-8");
        }
        if (text.length == 0 || text[0] != '{') {
            throw new Refused("header does not begin with '{': not a safetensors file");
        }
        try (var parser = FACTORY.createParser(text)) {
            var header = new Reading(parser).document();
            header.checkCoverage(dataBytes);
            return header;
        } catch (IOException e) {
            var reason = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            throw new Refused("header is not valid JSON: " + CheckpointException.quote(reason));
        }
    }

    private void checkCoverage(long dataBytes) throws Refused {
        var inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long next = 0;
        for (var e : inOrder) {
            var entry = e.getValue();
            if (entry.begin() != next) {
                throw new Refused("data of tensor '%s' begins at %d, expected %d: the file has a hole or overlap"
                        .formatted(CheckpointException.quote(e.getKey()), entry.begin(), next));
            }
            next = entry.end();
        }
        if (next != dataBytes) {
            throw new Refused("tensors cover %d bytes of data but the file has %d: %s"
                    .formatted(next, dataBytes, next > dataBytes ? "it is truncated" : "it has surplus bytes"));
        }
    }

    /** One pass over the tokens. */
    private static final class Reading {
        private final JsonParser parser;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        SafetensorsHeader document() throws IOException, Refused {
            Map<String, String> metadata = null;
            var entries = new LinkedHashMap<String, Entry>();
            expect(JsonToken.START_OBJECT, "header");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (name.equals(METADATA)) {
                    if (metadata != null) {
                        throw new Refused("__metadata__ occurs twice");
                    }
                    metadata = metadata();
                } else if (entries.put(name, entry(name)) != null) {
                    throw new Refused("tensor '" + CheckpointException.quote(name) + "' occurs twice");
                }
            }
            if (parser.nextToken() != null) {
                throw new Refused("header has text after its closing brace");
            }
            return new SafetensorsHeader(
                    metadata == null ? Map.of() : Collections.unmodifiableMap(metadata),
                    Collections.unmodifiableMap(entries));
        }

        private Map<String, String> metadata() throws IOException, Refused {
            var metadata = new LinkedHashMap<String, String>();
            expect(JsonToken.START_OBJECT, METADATA);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                expect(JsonToken.VALUE_STRING, METADATA + " value");
                if (metadata.put(key, parser.getText()) != null) {
                    throw new Refused("__metadata__ key '" + CheckpointException.quote(key) + "' occurs twice");
                }
            }
            return metadata;
        }

        private Entry entry(String name) throws IOException, Refused {
            String where = "tensor '" + CheckpointException.quote(name) + "'";
            @Nullable DataType type = null;
            @Nullable List<Long> shape = null;
            @Nullable List<Long> offsets = null;
            expect(JsonToken.START_OBJECT, where);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                boolean again = switch (field) {
                    case "dtype" -> {
                        boolean seen = type != null;
                        type = type(where);
                        yield seen;
                    }
                    case "shape" -> {
                        boolean seen = shape != null;
                        shape = integers(where + " shape");
                        yield seen;
                    }
                    case "data_offsets" -> {
                        boolean seen = offsets != null;
                        offsets = integers(where + " data_offsets");
                        yield seen;
                    }
                    default ->
                        throw new Refused(where + " has the unknown field '" + CheckpointException.quote(field) + "'");
                };
                if (again) {
                    throw new Refused(where + " has the field " + field + " twice");
                }
            }
            if (type == null || shape == null || offsets == null) {
                throw new Refused(where + " lacks one of dtype, shape, data_offsets");
            }
            return checked(where, type, shape, offsets);
        }

        private static Entry checked(String where, DataType type, List<Long> shape, List<Long> offsets) throws Refused {
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
                throw new Refused(where + " needs data_offsets [begin, end] with begin <= end");
            }
            long bytes = type.bytes();
            try {
                for (long dimension : shape) {
                    bytes = Math.multiplyExact(bytes, dimension);
                }
            } catch (ArithmeticException e) {
                throw new Refused(where + " has a shape of more than 2^63 bytes");
            }
            long given = offsets.get(1) - offsets.get(0);
            if (given != bytes) {
                throw new Refused(
                        "%s has %d bytes of data but %s with its shape needs %d".formatted(where, given, type, bytes));
            }
            return new Entry(type, List.copyOf(shape), offsets.get(0), offsets.get(1));
        }

        private DataType type(String where) throws IOException, Refused {
            expect(JsonToken.VALUE_STRING, where + " dtype");
            String name = parser.getText();
            for (var type : DataType.values()) {
                if (!type.isBlocks() && type.name().equals(name)) {
                    return type;
                }
            }
            throw new Refused(where + " has the unknown dtype '" + CheckpointException.quote(name) + "'");
        }

        private List<Long> integers(String where) throws IOException, Refused {
            var values = new ArrayList<Long>();
            expect(JsonToken.START_ARRAY, where);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                if (!fits || parser.getLongValue() < 0) {
                    throw new Refused(where + " must hold integers from 0 to 2^63 - 1");
                }
                values.add(parser.getLongValue());
            }
            return values;
        }

        private void expect(JsonToken expected, String where) throws IOException, Refused {
            var token = parser.nextToken();
            if (token != expected) {
                throw new Refused("%s: expected %s, found %s".formatted(where, expected, token));
            }
        }
    }
}
