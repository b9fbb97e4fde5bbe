package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What names may look like (spec §8.6). */
public final class ShardRules {
    /** File of a data folder that names its data sets. */
    public static final String REGISTRY = "pretrain_data.json";

    /** File beside the shards that holds their counts and checksums. */
    public static final String INDEX = "tar_meta.json";

    /** File beside the index that holds the sums. */
    public static final String STATS = "tar_meta_stats.json";

    /** Longest key in bytes of UTF-8; a tar header has room for 100, and number and ending follow. */
    public static final int MAX_KEY_BYTES = 80;

    private static final Pattern BAD_IN_KEY = Pattern.compile("[.\\-/\\\\\\s\\p{Cntrl}]");

    private ShardRules() {}

    /**
     * Refuses a key that would not come back from a shard.
     *
     * @throws DataException if it is empty, too long, or holds a dot, hyphen, slash, backslash, blank or control character
     */
    public static void checkKey(String key) {
        var bad = BAD_IN_KEY.matcher(key);
        if (key.isEmpty()) {
            throw new DataException("a sample's key is empty; it needs 1 to " + MAX_KEY_BYTES + " bytes");
        }
        if (bad.find()) {
            throw new DataException(
                    "key '%s' has %s at position %d; dots, hyphens, slashes, blanks and control characters are not allowed, because readers cut file names there"
                            .formatted(shown(key), described(bad.group().charAt(0)), bad.start()));
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_KEY_BYTES) {
            throw new DataException(
                    "key '%s' has %d bytes in UTF-8; at most %d fit".formatted(shown(key), bytes, MAX_KEY_BYTES));
        }
    }

    /**
     * A key made of any text, such as a file name: what is not allowed becomes an underscore; what is too long is cut and
     * ends in a hash of the whole.
     */
    public static String keyOf(String text) {
        String key = BAD_IN_KEY.matcher(text).replaceAll("_");
        if (key.isEmpty()) {
            return "_";
        }
        if (key.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES) {
            return key;
        }
        var hash = "_" + Integer.toHexString(text.hashCode());
        var cut = new StringBuilder();
        int bytes = hash.length();
        for (int i = 0; i < key.length(); ) {
            int c = key.codePointAt(i);
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_KEY_BYTES) {
                break;
            }
            cut.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return cut.append(hash).toString();
    }

    private static String described(char c) {
        return c > ' ' && c < 127 ? "'" + c + "'" : "\\u%04x".formatted((int) c);
    }

    private static String shown(String key) {
        String plain = key.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }
}
