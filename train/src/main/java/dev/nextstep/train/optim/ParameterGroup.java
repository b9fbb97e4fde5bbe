package dev.nextstep.train.optim;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parameters that are optimised alike.
 *
 * @param name for messages and metrics
 * @param names patterns of parameter names, of which one must fit: {@code *} stands for any characters
 * @param rank which of those that fit
 * @param optimizer how
 */
public record ParameterGroup(String name, List<String> names, ParameterRank rank, OptimizerSettings optimizer) {
    /** At least one pattern. */
    public ParameterGroup {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("group " + name + " has no pattern; '*' takes every parameter");
        }
    }

    /** Whether a parameter of that name and number of dimensions belongs here. */
    public boolean holds(String parameter, int dimensions) {
        return rank.fits(dimensions) && names.stream().anyMatch(p -> matches(p, parameter));
    }

    private static boolean matches(String pattern, String parameter) {
        var regex = Pattern.compile("\\*")
                .splitAsStream(pattern)
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.matches(pattern.endsWith("*") ? regex + ".*" : regex, parameter);
    }
}
