package dev.nextstep.train.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * A choice that nobody makes: cases in the order of a hash of the seed and their own words. It does not depend on the
 * order of the list, and a smaller choice is the beginning of a larger one.
 */
final class CaseChoice {
    private CaseChoice() {}

    /** At most {@code count} of the cases. */
    static <T> List<T> of(List<T> cases, int count, long seed) {
        return cases.stream().distinct().sorted(order(seed)).limit(count).toList();
    }

    /** At most {@code count} of the cases, of each kind as many as of the others while there are some. */
    static <T> List<T> evenly(List<T> cases, Function<T, String> kind, int count, long seed) {
        var kinds = new LinkedHashMap<String, List<T>>();
        var sorted = of(cases, Integer.MAX_VALUE, seed);
        sorted.stream().map(kind).distinct().sorted().forEach(name -> kinds.put(name, new ArrayList<>()));
        sorted.forEach(item -> kinds.getOrDefault(kind.apply(item), List.of()).add(item));
        var chosen = new ArrayList<T>();
        for (int round = 0; chosen.size() < count && chosen.size() < sorted.size(); round++) {
            for (var list : kinds.values()) {
                if (round < list.size() && chosen.size() < count) {
                    chosen.add(list.get(round));
                }
            }
        }
        return chosen;
    }

    /** The seed with which a case is drawn: 32 bits, so that people can type it. */
    static long drawingSeed(Object item, long seed) {
        return StableHash.of(seed, "draw", item.toString()) >>> 32;
    }

    private static <T> Comparator<T> order(long seed) {
        return Comparator.<T>comparingLong(item -> StableHash.of(seed, "choose", item.toString()))
                .thenComparing(Object::toString);
    }
}
