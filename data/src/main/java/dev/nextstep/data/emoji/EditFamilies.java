package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Pictures that are edits of one another, by what tells them apart. */
final class EditFamilies {
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("1f468", "1f9d1"), // man, woman: person
            Map.entry("1f469", "1f9d1"),
            Map.entry("1f466", "1f9d2"), // boy, girl: child
            Map.entry("1f467", "1f9d2"),
            Map.entry("1f474", "1f9d3"), // old man, old woman: older person
            Map.entry("1f475", "1f9d3"),
            Map.entry("1f934", "1fac5"), // prince, princess: person with crown
            Map.entry("1f478", "1fac5"),
            Map.entry("1f57a", "dancer"), // man dancing, woman dancing
            Map.entry("1f483", "dancer"));
    private static final Set<String> GENDER_SIGNS = Set.of("2640", "2642");
    private static final Set<String> MIRRORED =
            Set.of("animals & nature", "food & drink", "travel & places", "activities", "objects");

    private EditFamilies() {}

    /** Families of one kind in the order of the pictures; within a family all differ by that alone. */
    static List<List<RenderedEmoji>> of(EditKind kind, List<RenderedEmoji> pictures) {
        var key = key(kind);
        var families = new LinkedHashMap<String, List<RenderedEmoji>>();
        for (var picture : pictures) {
            key.apply(picture)
                    .ifPresent(name -> families.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(picture));
        }
        int least = kind.isComputed() ? 1 : 2;
        return families.values().stream()
                .filter(family -> family.size() >= least)
                .toList();
    }

    /** Whether one picture is an edit of the other. */
    static boolean related(EditKind kind, RenderedEmoji one, RenderedEmoji other) {
        var key = key(kind).apply(one);
        return key.isPresent() && key.equals(key(kind).apply(other));
    }

    private static Function<RenderedEmoji, Optional<String>> key(EditKind kind) {
        return switch (kind) {
            case STYLE -> picture -> Optional.of(picture.glyph().hexcode());
            case TONE -> picture -> inStyle(picture, toneless(picture.glyph()));
            case GENDER -> picture -> inStyle(picture, genderless(picture.glyph()));
            case COLOUR -> picture -> inStyle(picture, colourless(picture.glyph()));
            case CLOCK ->
                picture -> inStyle(picture, ClockTime.of(picture.glyph()).map(time -> "clock"));
            case MIRROR -> picture -> mirrored(picture.glyph());
            case PAINT ->
                picture -> picture.glyph().form() == GlyphForm.BASE
                        ? Optional.of(picture.glyph().hexcode())
                        : Optional.empty();
        };
    }

    private static Optional<String> inStyle(RenderedEmoji picture, Optional<String> key) {
        return key.map(name -> picture.style().word() + " " + name);
    }

    /** Code without skin tones; nothing for two different tones in one glyph. */
    private static Optional<String> toneless(Glyph glyph) {
        if (glyph.tones().size() > 1 || !hasBody(glyph)) {
            return Optional.empty();
        }
        var parts = new ArrayList<>(HexCode.parts(glyph.hexcode()));
        for (var tone : SkinTone.values()) {
            parts.removeIf(tone.code()::equals);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("-", parts));
    }

    private static boolean hasBody(Glyph glyph) {
        return glyph.group().equals("people & body");
    }

    /** Code without gender; skin tones stay. */
    private static Optional<String> genderless(Glyph glyph) {
        if (!hasBody(glyph) || glyph.form() == GlyphForm.FAMILY || glyph.tones().size() > 1) {
            return Optional.empty();
        }
        var parts = new ArrayList<String>();
        for (var part : HexCode.parts(glyph.hexcode())) {
            if (GENDER_SIGNS.contains(part) && parts.size() > 1) {
                parts.removeLast(); // the joiner before the sign
            } else {
                parts.add(part);
            }
        }
        parts.set(0, NEUTRAL.getOrDefault(parts.getFirst(), parts.getFirst()));
        return Optional.of(String.join("-", parts));
    }

    /** Label without its colour. */
    private static Optional<String> colourless(Glyph glyph) {
        if (glyph.form() != GlyphForm.BASE) {
            return Optional.empty();
        }
        String label = GlyphName.text(glyph.label());
        return ColourWords.in(label)
                .map(colour -> glyph.subgroup() + " " + (" " + label + " ").replace(" " + colour + " ", " * "));
    }

    /** Things only: signs and letters have a right side. */
    private static Optional<String> mirrored(Glyph glyph) {
        boolean fits = glyph.form() == GlyphForm.BASE
                && MIRRORED.contains(glyph.group())
                && !glyph.subgroup().equals("time");
        return fits ? Optional.of(glyph.hexcode()) : Optional.empty();
    }
}
