package dev.nextstep.data.tool;

import dev.nextstep.data.SampleKind;
import dev.nextstep.data.filter.DropReport;
import dev.nextstep.data.source.SourceProblem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a build did.
 *
 * @param stored samples stored, of each kind that occurs
 * @param problems entries that gave no sample; the first thousand
 * @param problemCount number of all of them
 * @param filters what the filters dropped
 */
public record BuildResult(
        Map<SampleKind, Long> stored, List<SourceProblem> problems, long problemCount, DropReport filters) {
    /** Copies map and list. */
    public BuildResult {
        var ordered = new EnumMap<SampleKind, Long>(SampleKind.class);
        ordered.putAll(stored);
        stored = Collections.unmodifiableMap(ordered);
        problems = List.copyOf(problems);
    }

    /** Samples of all kinds. */
    public long total() {
        return stored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As members of JSON. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("samples", total());
        var kinds = new TreeMap<String, Object>();
        stored.forEach((kind, n) -> kinds.put(kind.id(), n));
        json.put("kinds", kinds);
        json.put("problems", problemCount);
        json.put(
                "problem_details",
                problems.stream()
                        .map(p -> Map.of("where", p.where(), "reason", p.reason()))
                        .toList());
        json.put("filters", filters.toJson());
        return json;
    }
}
