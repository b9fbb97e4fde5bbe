package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a stream of samples is: enough to go on exactly there.
 *
 * @param epoch passes that are complete
 * @param offset samples of this pass that were read or skipped by this process
 * @param delivered samples given out since the beginning
 * @param skipped samples that were damaged, since the beginning; met twice, counted twice
 */
public record StreamState(long epoch, long offset, long delivered, long skipped) {
    /** The beginning. */
    public static final StreamState START = new StreamState(0, 0, 0, 0);

    /** Checks the ranges. */
    public StreamState {
        if (epoch < 0 || offset < 0 || delivered < 0 || skipped < 0) {
            throw new IllegalArgumentException("a stream's state has no negative numbers: %d %d %d %d"
                    .formatted(epoch, offset, delivered, skipped));
        }
    }

    /** As members of JSON. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", epoch);
        json.put("offset", offset);
        json.put("delivered", delivered);
        json.put("skipped", skipped);
        return json;
    }

    /**
     * From members of JSON.
     *
     * @throws DataException if one is missing or negative
     */
    public static StreamState fromJson(Map<?, ?> json) {
        return new StreamState(
                number(json, "epoch"), number(json, "offset"), number(json, "delivered"), number(json, "skipped"));
    }

    private static long number(Map<?, ?> json, String key) {
        if (json.get(key) instanceof Number n && n.longValue() >= 0) {
            return n.longValue();
        }
        throw new DataException("the state of a stream lacks '%s', a number from 0 on".formatted(key));
    }
}
