package dev.nextstep.data.emoji;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Joins icons to glyphs: by code point where the package knows them, else by name. The older packages bear names that have
 * changed since; {@code renamed-icons.tsv} lists those whose drawing still shows what the glyph is called today.
 */
final class IconJoin {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern QUOTES = Pattern.compile("['’“”]");
    private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-|-$");
    private static final String OLD_FLAG = "flag-for-";
    private static final String FLAG = "flag-";

    private final Map<String, Glyph> glyphs;
    private final IconSet set;
    private final Map<String, Icon> icons = new LinkedHashMap<>();

    private IconJoin(Map<String, Glyph> glyphs, IconSet set) {
        this.glyphs = glyphs;
        this.set = set;
    }

    static IconJoin of(EmojiStyle style, Map<String, Glyph> glyphs, IconSet set) {
        var join = new IconJoin(glyphs, set);
        switch (style.naming()) {
            case CODE_POINTS -> join.byCodePoint();
            case LABELS -> join.byLabel();
        }
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

    private void byCodePoint() {
        for (var code : glyphs.keySet()) {
            Optional.ofNullable(set.characters().get(code))
                    .flatMap(set::named)
                    .ifPresent(icon -> icons.put(code, icon));
        }
    }

    private void byLabel() {
        var older = olderNames();
        for (var glyph : glyphs.values()) {
            String name = slug(glyph.label());
            set.named(name)
                    .or(() -> older.getOrDefault(name, List.of()).stream()
                            .flatMap(old -> set.named(old).stream())
                            .findFirst())
                    .or(() -> name.startsWith(FLAG)
                            ? set.named(OLD_FLAG + name.substring(FLAG.length()))
                            : Optional.empty())
                    .ifPresent(icon -> icons.put(glyph.hexcode(), icon));
        }
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

    private static Map<String, List<String>> olderNames() {
        var names = new HashMap<String, List<String>>();
        try (InputStream in = Objects.requireNonNull(IconJoin.class.getResourceAsStream("renamed-icons.tsv"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(pair -> names.computeIfAbsent(pair[1], label -> new ArrayList<>())
                            .add(pair[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
