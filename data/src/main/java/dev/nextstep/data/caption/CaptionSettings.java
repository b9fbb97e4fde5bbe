package dev.nextstep.data.caption;

import java.util.List;

/**
 * How captions are chosen and changed.
 *
 * @param keys where captions are found; a sample that has none of them gives its own caption
 * @param capitalization what happens to a caption's letters
 * @param capitalizationProbability how often it happens, 0 to 1
 * @param templates texts with {@code {text}} in the caption's place, for captioned pictures only; may be empty
 * @param templateProbability how often one of them is taken, 0 to 1
 */
public record CaptionSettings(
        List<CaptionKey> keys,
        Capitalization capitalization,
        double capitalizationProbability,
        List<String> templates,
        double templateProbability) {
    /** Where the caption goes in a template. */
    public static final String PLACE = "{text}";

    /** The variants in {@code captions} if a sample has them, else its caption; nothing is changed. */
    public static final CaptionSettings DEFAULT =
            new CaptionSettings(List.of(CaptionKey.of("captions", 1)), Capitalization.NONE, 0, List.of(), 0);

    /** Copies the lists and checks the ranges. */
    public CaptionSettings {
        keys = List.copyOf(keys);
        templates = List.copyOf(templates);
        check("capitalizationProbability", capitalizationProbability);
        check("templateProbability", templateProbability);
        for (String template : templates) {
            if (!template.contains(PLACE)) {
                throw new IllegalArgumentException("template '" + template + "' has no " + PLACE);
            }
        }
    }

    private static void check(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(name + " must be in 0..1, got " + probability);
        }
    }
}
