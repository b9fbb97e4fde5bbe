package dev.nextstep.workflow.batch;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Names of files from a template such as {@code {index}-{prompt}}. What is put in for a place becomes a harmless word: letters,
 * digits, dots and hyphens of any language, 60 at most, so that no prompt reaches another folder, is a hidden file or a device
 * name. Only the template itself may have folders.
 */
public final class NameTemplate {
    /** The places. */
    public static final Map<String, String> PLACES = Map.of(
            "index", "number of the picture in the batch, from 1, with zeros in front",
            "job", "number of the prompt, from 1",
            "image", "number of the picture among those of its prompt, from 1",
            "prompt", "the job's name, or the beginning of its prompt",
            "name", "the job's name, which every job must have then",
            "seed", "the seed",
            "preset", "the preset");

    private static final Set<String> WORDS = Set.of("prompt", "name", "preset");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final int LONGEST = 60;

    private final String template;

    /**
     * A template.
     *
     * @throws IllegalArgumentException if it is empty, names an unknown place, or would leave the output folder
     */
    public NameTemplate(String template) {
        var places = PLACE.matcher(template);
        while (places.find()) {
            if (!PLACES.containsKey(places.group(1))) {
                throw new IllegalArgumentException("the name template has '{%s}'; there are %s"
                        .formatted(
                                places.group(1),
                                String.join(
                                        ", ", PLACES.keySet().stream().sorted().toList())));
            }
        }
        String fixed = PLACE.matcher(template).replaceAll("x");
        boolean leaves = fixed.startsWith("/")
                || fixed.contains("\\")
                || fixed.contains(":")
                || Pattern.compile("/").splitAsStream(fixed).anyMatch(part -> part.isBlank() || part.startsWith("."));
        if (template.isBlank() || leaves || fixed.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name template '%s' must stay in the output folder: no empty parts, none that begins with a dot, no \\ and no :"
                            .formatted(template));
        }
        boolean distinct = template.contains("{index}")
                || template.contains("{name}")
                || (template.contains("{job}") && template.contains("{image}"));
        if (!distinct) {
            throw new IllegalArgumentException(
                    "the name template '%s' gives pictures the same name; it needs {index}, {name}, or {job} and {image}"
                            .formatted(template));
        }
        this.template = template;
    }

    /** Whether every job must have a name. */
    boolean needsNames() {
        return template.contains("{name}");
    }

    /** The name, without ending, for values by place. */
    public String name(Map<String, String> values) {
        Function<String, String> word =
                place -> WORDS.contains(place) ? word(values.getOrDefault(place, "")) : values.getOrDefault(place, "");
        return PLACE.matcher(template)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(word.apply(match.group(1))));
    }

    /** A harmless word of any text; {@code picture} if nothing is left. */
    static String word(String text) {
        var word = new StringBuilder();
        text.strip().toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                if (word.codePointCount(0, word.length()) < LONGEST) {
                    word.appendCodePoint(c);
                }
            } else if (!word.isEmpty() && word.charAt(word.length() - 1) != '-') {
                word.append('-');
            }
        });
        String plain = word.toString().replaceAll("-+$", "");
        if (plain.isEmpty()) {
            return "picture";
        }
        return RESERVED.matcher(plain).matches() ? plain + "-" : plain;
    }
}
