package dev.nextstep.data.tool;

import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.Damage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a check found.
 *
 * @param sets one for each data set
 */
public record CheckResult(List<SetResult> sets) {
    /**
     * What was found in one data set.
     *
     * @param name in the registry
     * @param kind kind of its samples
     * @param shards number of shards
     * @param bytes size of all shards, as far as they are there
     * @param samples samples that the index promises
     * @param good samples that can be used, pictures included
     * @param damage how often each kind of damage was found
     * @param details the first thousand
     */
    public record SetResult(
            String name,
            SampleKind kind,
            int shards,
            long bytes,
            long samples,
            long good,
            Map<Damage.Reason, Integer> damage,
            List<Damage> details) {
        /** Copies map and list. */
        public SetResult {
            damage = Map.copyOf(damage);
            details = List.copyOf(details);
        }
    }

    /** Copies the list. */
    public CheckResult {
        sets = List.copyOf(sets);
    }

    /** Whether nothing is damaged. */
    public boolean isGood() {
        return sets.stream().allMatch(set -> set.damage().isEmpty());
    }

    /** As members of JSON. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("good", isGood());
        var list = new ArrayList<Object>();
        for (var set : sets) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("name", set.name());
            fields.put("kind", set.kind().id());
            fields.put("shards", set.shards());
            fields.put("bytes", set.bytes());
            fields.put("samples", set.samples());
            fields.put("good", set.good());
            var damage = new TreeMap<String, Object>();
            set.damage().forEach((reason, n) -> damage.put(reason.name().toLowerCase(java.util.Locale.ROOT), n));
            fields.put("damage", damage);
            fields.put(
                    "details",
                    set.details().stream()
                            .map(d -> Map.of(
                                    "reason", d.reason().name().toLowerCase(java.util.Locale.ROOT),
                                    "shard", d.shard().toString(),
                                    "where", d.key(),
                                    "detail", d.detail()))
                            .toList());
            list.add(fields);
        }
        json.put("data_sets", list);
        return json;
    }
}
