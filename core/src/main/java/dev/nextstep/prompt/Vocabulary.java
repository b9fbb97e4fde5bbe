package dev.nextstep.prompt;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tokens of the BPE model and their ids, kept as raw bytes in one array with an open-addressing table over it: a
 * hundred and fifty thousand strings would cost ten times the memory and most of the loading time.
 */
final class Vocabulary {
    /** Above every vocabulary in use by a factor of ten; what a damaged file may claim stays harmless. */
    static final int MAX_ID = 1 << 22;

    private final byte[] bytes;
    private final int[] startOf;
    private final int[] lengthOf;
    private final int[] table;
    private final Map<String, Integer> unspellable;
    private final Map<Integer, String> unspellableById;
    private final int size;

    private Vocabulary(Builder builder, int[] startOf, int[] lengthOf, int[] table) {
        this.bytes = Arrays.copyOf(builder.bytes, builder.used);
        this.startOf = startOf;
        this.lengthOf = lengthOf;
        this.table = table;
        this.unspellable = Map.copyOf(builder.unspellable);
        var byId = new HashMap<Integer, String>();
        unspellable.forEach((token, id) -> byId.put(id, token));
        this.unspellableById = Map.copyOf(byId);
        this.size = builder.count + unspellable.size();
    }

    int size() {
        return size;
    }

    /** One more than the largest id. */
    int idLimit() {
        return startOf.length;
    }

    /** Id of the token with these bytes, or −1. */
    int find(byte[] source, int from, int length) {
        int mask = table.length - 1;
        for (int slot = hash(source, from, length) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
            int id = table[slot] - 1;
            if (lengthOf[id] == length
                    && Arrays.equals(bytes, startOf[id], startOf[id] + length, source, from, from + length)) {
                return id;
            }
        }
        return -1;
    }

    /** Id of a token as the file spells it. */
    OptionalInt id(String token) {
        Integer other = unspellable.get(token);
        if (other != null) {
            return OptionalInt.of(other);
        }
        if (!ByteAlphabet.covers(token)) {
            return OptionalInt.empty();
        }
        byte[] raw = new byte[token.length()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) ByteAlphabet.toByte(token.charAt(i));
        }
        int id = find(raw, 0, raw.length);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The token as the file spells it. */
    Optional<String> token(int id) {
        String other = unspellableById.get(id);
        if (other != null) {
            return Optional.of(other);
        }
        if (id < 0 || id >= startOf.length || lengthOf[id] < 0) {
            return Optional.empty();
        }
        var text = new StringBuilder(lengthOf[id]);
        for (int i = 0; i < lengthOf[id]; i++) {
            text.append(ByteAlphabet.toChar(bytes[startOf[id] + i] & 0xFF));
        }
        return Optional.of(text.toString());
    }

    private static int hash(byte[] source, int from, int length) {
        int h = length;
        for (int i = from; i < from + length; i++) {
            h = h * 0x01000193 + source[i];
        }
        h *= 0x9E3779B9;
        return h ^ (h >>> 15);
    }

    /** Collects tokens in the order of the file. */
    static final class Builder {
        private byte[] bytes = new byte[1 << 12];
        private int used;
        private int[] ids = new int[1 << 8];
        private int[] ends = new int[1 << 8];
        private int count;
        private final Map<String, Integer> unspellable = new HashMap<>();

        void add(String token, long id) {
            if (id < 0 || id >= MAX_ID) {
                throw new PromptException("token '%s' has id %d; allowed are 0 to %d"
                        .formatted(PromptText.shorten(token), id, MAX_ID - 1));
            }
            if (!ByteAlphabet.covers(token)) {
                if (unspellable.put(token, (int) id) != null) {
                    throw twice(token);
                }
                return;
            }
            int length = token.length();
            if (used + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + length));
            }
            for (int i = 0; i < length; i++) {
                bytes[used++] = (byte) ByteAlphabet.toByte(token.charAt(i));
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            ids[count] = (int) id;
            ends[count++] = used;
        }

        private static PromptException twice(String token) {
            return new PromptException(
                    "token '%s' stands in the vocabulary twice".formatted(PromptText.shorten(token)));
        }

        Vocabulary build() {
            int largest = -1;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, ids[i]);
            }
            for (int id : unspellable.values()) {
                largest = Math.max(largest, id);
            }
            int tokens = count + unspellable.size();
            // Arrays are indexed by id, so ids may not be much sparser than the file has tokens.
            if (largest >= Math.max(1 << 16, 8 * tokens)) {
                throw new PromptException(
                        "the vocabulary has %d tokens, but the id %d; ids that sparse are not supported"
                                .formatted(tokens, largest));
            }
            int[] start = new int[largest + 1];
            int[] length = new int[largest + 1];
            Arrays.fill(length, -1);
            int[] table = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
            var result = new Vocabulary(this, start, length, table);
            int mask = table.length - 1;
            for (int i = 0; i < count; i++) {
                int from = i == 0 ? 0 : ends[i - 1];
                int n = ends[i] - from;
                int id = ids[i];
                if (result.find(bytes, from, n) >= 0) {
                    var text = new StringBuilder();
                    for (int k = from; k < ends[i]; k++) {
                        text.append(ByteAlphabet.toChar(bytes[k] & 0xFF));
                    }
                    throw twice(text.toString());
                }
                if (length[id] >= 0) {
                    throw new PromptException("two tokens of the vocabulary have the id " + id);
                }
                start[id] = from;
                length[id] = n;
                int slot = hash(bytes, from, n) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = id + 1;
            }
            if (result.unspellableById.size() != unspellable.size()
                    || unspellable.values().stream().anyMatch(id -> length[id] >= 0)) {
                throw new PromptException("two tokens of the vocabulary have the same id");
            }
            return result;
        }
    }
}
