package dev.nextstep.data.shard;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects damage; a thing met several times counts once. Thread-safe.
 *
 * <p>The details of the first thousand are kept, all are counted.
 */
public final class DamageReport {
    private static final int DETAILS = 1000;

    private final Map<Damage.Reason, Integer> counts = new EnumMap<>(Damage.Reason.class);
    private final Map<String, Damage> seen = new LinkedHashMap<>();

    /** Notes damage. */
    public synchronized void add(Damage damage) {
        String id = damage.reason() + "|" + damage.shard() + "|" + damage.key();
        if (seen.size() < DETAILS ? seen.putIfAbsent(id, damage) == null : !seen.containsKey(id)) {
            counts.merge(damage.reason(), 1, Integer::sum);
        }
    }

    /** Notes all damage of a list. */
    public void addAll(Collection<Damage> all) {
        all.forEach(this::add);
    }

    /** How often each reason came; reasons that did not come are absent. */
    public synchronized Map<Damage.Reason, Integer> counts() {
        return new EnumMap<>(counts);
    }

    /** How much damage there is in all. */
    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The first thousand, in the order in which they were met. */
    public synchronized List<Damage> details() {
        return List.copyOf(seen.values());
    }

    /** One line, such as {@code BAD_JSON 2, TRUNCATED 1}; {@code none} if there is none. */
    @Override
    public synchronized String toString() {
        var out = new StringBuilder();
        counts.forEach((reason, n) ->
                out.append(out.isEmpty() ? "" : ", ").append(reason).append(' ').append(n));
        return out.isEmpty() ? "none" : out.toString();
    }
}
