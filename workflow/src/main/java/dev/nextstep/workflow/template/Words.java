package dev.nextstep.workflow.template;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places such as {@code {company}}. What is put in for a place is never looked at again: braces in a value are
 * braces.
 *
 * @param text with its places
 */
public record Words(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** Names of the places, in order. */
    public Set<String> places() {
        var names = new LinkedHashSet<String>();
        PLACE.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** Whether a brace stands alone, which is a mistake for a place. */
    boolean hasLoneBrace() {
        return PLACE.matcher(text).replaceAll("").chars().anyMatch(c -> c == '{' || c == '}');
    }

    /**
     * The text with values in its places.
     *
     * @param values by name, one for every place
     * @param form what a value looks like here, from its name and itself
     */
    String with(Map<String, String> values, BiFunction<String, String, String> form) {
        return PLACE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            return Matcher.quoteReplacement(form.apply(name, values.getOrDefault(name, "")));
        });
    }
}
