package dev.nextstep.data.emoji;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Joins icons to glyphs: by code point where the package knows them, else by name. {@code icon-names.tsv} goes before both:
 * it lists names that have changed since, and drawings that do not show what their name says.
 */
final class IconJoin {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern QUOTES = Pattern.compile("['’“”]");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-|-$");
    private static final String OLD_FLAG = "flag-for-";
    private static final String FLAG = "flag-";
    private static final String NONE = "-";

    private final EmojiStyle style;
    private final Map<String, Glyph> glyphs;
    private final IconSet set;
    private final Map<String, Icon> icons = new LinkedHashMap<>();

    private IconJoin(EmojiStyle style, Map<String, Glyph> glyphs, IconSet set) {
        this.style = style;
        this.glyphs = glyphs;
        this.set = set;
    }

    static IconJoin of(EmojiStyle style, Map<String, Glyph> glyphs, IconSet set) {
        var join = new IconJoin(style, glyphs, set);
        join.join(exceptions(style));
        return join;
    }

    /** Icons by the code of their glyph, in the order of the glyphs. */
    Map<String, Icon> icons() {
        return icons;
    }

    Glyph glyph(String code) {
        return Objects.requireNonNull(glyphs.get(code));
    }

    JoinReport.Style report() {
        var used = new HashSet<String>();
        icons.values().forEach(icon -> used.add(icon.name()));
        var rest = set.icons().keySet().stream()
                .filter(name -> !used.contains(name))
                .sorted()
                .toList();
        return new JoinReport.Style(set.icons().size(), icons.size(), rest);
    }

    private void join(Map<String, String> exceptions) {
        for (var glyph : glyphs.values()) {
            var exception = Optional.ofNullable(exceptions.get(slug(glyph.label())));
            var icon = exception.filter(NONE::equals).isPresent()
                    ? Optional.<Icon>empty()
                    : exception.flatMap(set::named).or(() -> regular(glyph));
            icon.ifPresent(found -> icons.put(glyph.hexcode(), found));
        }
    }

    private Optional<Icon> regular(Glyph glyph) {
        return switch (style.naming()) {
            case CODE_POINTS ->
                Optional.ofNullable(set.characters().get(glyph.hexcode())).flatMap(set::named);
            case LABELS -> {
                String name = slug(glyph.label());
                yield set.named(name)
                        .or(() -> name.startsWith(FLAG)
                                ? set.named(OLD_FLAG + name.substring(FLAG.length()))
                                : Optional.empty());
            }
        };
    }

    /** A label as icon sets spell it in names. */
    static String slug(String label) {
        String plain = label.toLowerCase(Locale.ROOT)
                .replace("#", "number-sign")
                .replace("*", "asterisk")
                .replace("&", "and");
        plain = QUOTES.matcher(plain).replaceAll("");
        plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFD)).replaceAll("");
        return EDGES.matcher(SEPARATORS.matcher(plain).replaceAll("-")).replaceAll("");
    }

    /** Icon by label, for one style; {@code -} names none. */
    private static Map<String, String> exceptions(EmojiStyle style) {
        var names = new HashMap<String, String>();
        for (var row : Tables.rows("icon-names.tsv")) {
            if (row.getFirst().equals(style.word())) {
                names.put(row.get(1), row.get(2));
            }
        }
        return names;
    }
}
