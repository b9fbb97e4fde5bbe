package dev.nextstep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.PromptException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A {@link Snapshot} as bytes: 8 bytes {@code NEXTSNAP}, format and length of the header as little-endian ints, the header
 * (JSON), tokens as little-endian floats (sources, kept, made), and the SHA-256 of all that.
 */
final class SnapshotFile {
    private static final byte[] MAGIC = "NEXTSNAP".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int FIXED = MAGIC.length + 2 * Integer.BYTES;
    private static final int HASH = 32;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private SnapshotFile() {}

    static byte[] toBytes(Snapshot snapshot) {
        byte[] header = header(snapshot).getBytes(StandardCharsets.UTF_8);
        var parts = new ArrayList<float[]>();
        snapshot.sources().forEach(source -> parts.add(source.values()));
        parts.add(snapshot.keptTokens());
        for (int i = 0; i < snapshot.recipes().size(); i++) {
            parts.add(snapshot.made(i));
        }
        long size = (long) FIXED + header.length + HASH;
        for (var part : parts) {
            size += (long) part.length * Float.BYTES;
        }
        if (size > LARGEST) {
            throw new SnapshotException(
                    "a snapshot of %d bytes would be too large; take fewer pictures (only)".formatted(size));
        }
        var bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(FORMAT).putInt(header.length).put(header);
        for (var part : parts) {
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + part.length * Float.BYTES);
        }
        bytes.put(hash(bytes.array(), bytes.position()));
        return bytes.array();
    }

    private static byte[] hash(byte[] bytes, int length) {
        var hash = SourcePicture.newSha256();
        hash.update(bytes, 0, length);
        return hash.digest();
    }

    private static String header(Snapshot snapshot) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("model", snapshot.fingerprint());
            json.writeNumberField("rows", snapshot.grid().rows());
            json.writeNumberField("columns", snapshot.grid().columns());
            json.writeNumberField("token_dim", snapshot.tokenDim());
            json.writeArrayFieldStart("recipes");
            for (var recipe : snapshot.recipes()) {
                json.writeString(recipe.toJson());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("made");
            for (int i = 0; i < snapshot.recipes().size(); i++) {
                json.writeNumber(snapshot.tokens(i));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sources");
            for (var source : snapshot.sources()) {
                json.writeNumber(source.rows());
                json.writeNumber(source.columns());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("kept"); // first and last + 1 of each stretch
            var kept = snapshot.kept();
            for (int from = kept.nextSetBit(0); from >= 0; ) {
                int to = kept.nextClearBit(from);
                json.writeNumber(from);
                json.writeNumber(to);
                from = kept.nextSetBit(to);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static Snapshot read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // a device has no end
                throw new SnapshotException("it is not a file");
            }
            if (Files.size(file) > LARGEST) {
                throw new SnapshotException("it has %d bytes, too many for a snapshot; at most %d are read"
                        .formatted(Files.size(file), LARGEST));
            }
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SnapshotException e) {
            throw new SnapshotException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    static Snapshot parse(byte[] bytes) {
        if (bytes.length < FIXED + HASH || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new SnapshotException("it is not a snapshot of a drawing");
        }
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        int format = buffer.getInt();
        if (format != FORMAT) {
            throw new SnapshotException(
                    "the snapshot has format %d, this program (%s) reads format %d; it is damaged or from another version"
                            .formatted(format, NextStep.version(), FORMAT));
        }
        int end = bytes.length - HASH;
        if (!Arrays.equals(hash(bytes, end), 0, HASH, bytes, end, bytes.length)) {
            throw new SnapshotException(
                    "the snapshot is damaged or cut off: its hash is not that of its %d bytes".formatted(end));
        }
        int length = buffer.getInt();
        if (length < 2 || length > end - FIXED) {
            throw damaged("its header is said to have %d bytes".formatted(length));
        }
        try {
            return snapshot(
                    new String(bytes, FIXED, length, StandardCharsets.UTF_8),
                    buffer.position(FIXED + length).limit(end));
        } catch (IllegalArgumentException | PromptException | ArithmeticException e) {
            throw damaged(String.valueOf(e.getMessage()));
        } catch (RecipeException e) {
            throw new SnapshotException("the snapshot holds a recipe that cannot be read: " + e.getMessage(), e);
        }
    }

    private static SnapshotException damaged(String why) {
        return new SnapshotException("the snapshot is damaged: " + why);
    }

    private static Snapshot snapshot(String header, ByteBuffer payload) {
        var members = members(header);
        var grid = new Grid(number(members, "rows"), number(members, "columns"));
        int tokenDim = number(members, "token_dim");
        if (tokenDim < 1 || tokenDim > 1 << 16) {
            throw damaged("tokens of %d numbers".formatted(tokenDim));
        }
        var recipes = list(members, "recipes").stream().map(Recipe::fromJson).toList();
        var counts = numbers(members, "made");
        var sides = numbers(members, "sources");
        var borders = numbers(members, "kept");
        if (recipes.isEmpty() || recipes.size() != counts.size() || sides.size() % 2 != 0 || borders.size() % 2 != 0) {
            throw damaged("its lists do not fit each other");
        }
        var kept = new BitSet();
        for (int i = 0; i < borders.size(); i += 2) {
            kept.set(within(borders.get(i), 0, grid), within(borders.get(i + 1), borders.get(i), grid));
        }
        var sources = new ArrayList<ImageTokens>();
        for (int i = 0; i < sides.size(); i += 2) {
            var size = new Grid(sides.get(i), sides.get(i + 1));
            sources.add(new ImageTokens(size.rows(), size.columns(), floats(payload, size.tokens(), tokenDim)));
        }
        float[] keptTokens = floats(payload, kept.length(), tokenDim);
        var made = new ArrayList<float[]>();
        for (int count : counts) {
            made.add(floats(payload, within(count, 0, grid), tokenDim));
        }
        if (payload.hasRemaining()) {
            throw damaged("%d bytes are left over".formatted(payload.remaining()));
        }
        return new Snapshot(recipes, grid, tokenDim, sources, kept, keptTokens, made, text(members, "model"));
    }

    private static int within(int tokens, int from, Grid grid) {
        if (tokens < from || tokens > grid.tokens()) {
            throw damaged("token %d of %d".formatted(tokens, grid.tokens()));
        }
        return tokens;
    }

    private static float[] floats(ByteBuffer payload, int tokens, int tokenDim) {
        long n = (long) tokens * tokenDim;
        if (n * Float.BYTES > payload.remaining()) {
            throw damaged(
                    "there are %d bytes of tokens where %d should be".formatted(payload.remaining(), n * Float.BYTES));
        }
        var values = new float[(int) n];
        payload.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        payload.position(payload.position() + values.length * Float.BYTES);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw damaged("it has a token with the number " + value);
            }
        }
        return values;
    }

    // Members are texts, numbers, or flat lists of them.
    private static Map<String, List<String>> members(String header) {
        var members = new HashMap<String, List<String>>();
        try (var json = JSON.createParser(header)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw damaged("its header is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                members.put(json.currentName(), member(json));
            }
        } catch (IOException e) {
            throw damaged("its header is not valid JSON");
        }
        return members;
    }

    private static List<String> member(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            return List.of(json.getText());
        }
        var list = new ArrayList<String>();
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null || token.isStructStart()) {
                throw damaged("its header is nested");
            }
            list.add(json.getText());
        }
        return list;
    }

    private static List<String> list(Map<String, List<String>> members, String key) {
        var list = members.get(key);
        if (list == null) {
            throw damaged("its header lacks '%s'".formatted(key));
        }
        return list;
    }

    private static String text(Map<String, List<String>> members, String key) {
        var list = list(members, key);
        if (list.size() != 1) {
            throw damaged("'%s' is a list".formatted(key));
        }
        return list.getFirst();
    }

    private static int number(Map<String, List<String>> members, String key) {
        return Integer.parseInt(text(members, key));
    }

    private static List<Integer> numbers(Map<String, List<String>> members, String key) {
        return list(members, key).stream().map(Integer::valueOf).toList();
    }

    static void write(Snapshot snapshot, Path file) {
        var target = file.toAbsolutePath().normalize();
        var temporary = target.resolveSibling("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(toBytes(snapshot));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deleteIfThere(temporary);
        }
    }

    private static void deleteIfThere(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // It is hidden and named so that nobody takes it for a snapshot.
            return;
        }
    }
}
