package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes series of pictures: one thing in several styles, colours or skin tones, clocks in order, several of a kind. */
final class SeriesMaker {
    private static final List<String> NUMBERS = List.of("", "", "two", "three", "four", "five");
    private static final int MOST_ITEMS = 5;

    private final List<RenderedEmoji> pictures;
    private final StableHash hash;
    private final Predicate<EditPair> forbidden;

    /**
     * Prepares.
     *
     * @param pictures those that may occur
     * @param forbidden edits whose two pictures must not stand in one series
     */
    SeriesMaker(List<RenderedEmoji> pictures, StableHash hash, Predicate<EditPair> forbidden) {
        this.pictures = pictures;
        this.hash = hash;
        this.forbidden = forbidden;
    }

    /**
     * Makes them: each picture of a family begins so many series, with others of its family in an order that hashes give.
     */
    List<Series> make(int rounds) {
        var all = new ArrayList<Series>();
        for (int round = 0; round < rounds; round++) {
            all.addAll(styles(round));
            all.addAll(ofEdits(EditKind.COLOUR, round, this::colourLead, this::colourWord));
            all.addAll(ofEdits(EditKind.TONE, round, SeriesMaker::toneLead, SeriesMaker::toneWord));
            all.addAll(clocks(round));
            all.addAll(kinds(round));
        }
        var seen = new HashSet<String>();
        all.removeIf(series -> !seen.add(series.key()));
        return all;
    }

    private List<Series> styles(int round) {
        var made = new ArrayList<Series>();
        for (var family : EditFamilies.of(EditKind.STYLE, pictures)) {
            var first = ordered(family, "styles " + round).getFirst();
            shuffled(
                            EditKind.STYLE,
                            first,
                            family,
                            round,
                            n -> GlyphName.of(first.glyph()).phrase() + " in " + NUMBERS.get(n) + " styles",
                            picture -> picture.style().word())
                    .ifPresent(made::add);
        }
        return made;
    }

    private List<Series> ofEdits(
            EditKind kind, int round, Function<RenderedEmoji, String> lead, Function<RenderedEmoji, String> words) {
        var made = new ArrayList<Series>();
        for (var family : EditFamilies.of(kind, pictures)) {
            // A large family gives one series for each two of its pictures.
            var order = ordered(family, kind.id() + " begins " + round);
            for (var first : order.subList(0, Math.max(1, order.size() / 2))) {
                shuffled(kind, first, family, round, n -> lead.apply(first), words)
                        .ifPresent(made::add);
            }
        }
        return made;
    }

    private List<Series> clocks(int round) {
        var made = new ArrayList<Series>();
        for (var family : EditFamilies.of(EditKind.CLOCK, pictures)) {
            var byTime = new HashMap<Integer, RenderedEmoji>();
            family.forEach(picture -> time(picture).ifPresent(time -> byTime.put(time.halfHours(), picture)));
            for (var first : family) {
                int from = time(first).map(ClockTime::halfHours).orElseThrow();
                int step = 1 + (int) (hash.unit("step " + round + " " + first.id()) * 2);
                var next = new ArrayList<RenderedEmoji>();
                for (int i = 1; i < 4; i++) {
                    Optional.ofNullable(byTime.get((from + i * step) % 24)).ifPresent(next::add);
                }
                inOrder(
                                EditKind.CLOCK,
                                first,
                                next,
                                n -> "clocks in " + first.style().word() + " style",
                                picture -> time(picture).map(ClockTime::words).orElseThrow())
                        .ifPresent(made::add);
            }
        }
        return made;
    }

    /** Several of a subgroup in one style. */
    private List<Series> kinds(int round) {
        Map<String, String> names = new HashMap<>();
        Tables.rows("series.tsv").forEach(row -> names.put(row.getFirst(), row.get(1)));
        var groups = new LinkedHashMap<String, List<RenderedEmoji>>();
        for (var picture : pictures) {
            if (picture.glyph().form() == GlyphForm.BASE
                    && names.containsKey(picture.glyph().subgroup())) {
                groups.computeIfAbsent(
                                picture.style().word() + " " + picture.glyph().subgroup(), key -> new ArrayList<>())
                        .add(picture);
            }
        }
        var made = new ArrayList<Series>();
        for (var group : groups.values()) {
            for (var first : group) {
                String name = names.getOrDefault(first.glyph().subgroup(), "");
                var others = new ArrayList<RenderedEmoji>();
                for (var other : ordered(group, "kind " + round + " " + first.id())) {
                    if (others.size() < size(first, round) - 1 && fits(other, first, others)) {
                        others.add(other);
                    }
                }
                if (!others.isEmpty()) {
                    made.add(of(
                            first,
                            others,
                            n -> NUMBERS.get(n) + " " + name + " in "
                                    + first.style().word() + " style",
                            picture -> GlyphName.of(picture.glyph()).plain()));
                }
            }
        }
        return made;
    }

    /** Whether a picture is another one and no held-out recolouring of those before it: blue book, green book. */
    private boolean fits(RenderedEmoji other, RenderedEmoji first, List<RenderedEmoji> others) {
        return !other.id().equals(first.id())
                && Stream.concat(Stream.of(first), others.stream())
                        .noneMatch(before -> EditFamilies.related(EditKind.COLOUR, before, other)
                                && forbidden.test(new EditPair(EditKind.COLOUR, before, other)));
    }

    /** A picture of a family with others of it in an order of hashes, two to five in all. */
    private Optional<Series> shuffled(
            EditKind kind,
            RenderedEmoji first,
            List<RenderedEmoji> family,
            int round,
            Function<Integer, String> lead,
            Function<RenderedEmoji, String> words) {
        var others = ordered(family, kind.id() + " " + round + " " + first.id());
        return inOrder(kind, first, others, lead, words).map(series -> shortened(series, size(first, round), lead));
    }

    private static Series shortened(Series series, int size, Function<Integer, String> lead) {
        int n = Math.min(size, series.items().size());
        return new Series(lead.apply(n), series.items().subList(0, n));
    }

    /** A picture with those candidates that may stand beside it and one another. */
    private Optional<Series> inOrder(
            EditKind kind,
            RenderedEmoji first,
            List<RenderedEmoji> candidates,
            Function<Integer, String> lead,
            Function<RenderedEmoji, String> words) {
        var chosen = new ArrayList<>(List.of(first));
        for (var candidate : candidates) {
            boolean fits = chosen.stream()
                    .noneMatch(other -> other.sha256().equals(candidate.sha256())
                            || words.apply(other).equals(words.apply(candidate))
                            || forbidden.test(new EditPair(kind, other, candidate)));
            if (fits && chosen.size() < MOST_ITEMS) {
                chosen.add(candidate);
            }
        }
        return chosen.size() < 2
                ? Optional.empty()
                : Optional.of(of(first, chosen.subList(1, chosen.size()), lead, words));
    }

    private static Series of(
            RenderedEmoji first,
            List<RenderedEmoji> others,
            Function<Integer, String> lead,
            Function<RenderedEmoji, String> words) {
        var items = new ArrayList<Series.Item>();
        items.add(new Series.Item(words.apply(first), first));
        others.forEach(other -> items.add(new Series.Item(words.apply(other), other)));
        return new Series(lead.apply(items.size()), items);
    }

    /** Two to five. */
    private int size(RenderedEmoji first, int round) {
        return 2 + (int) (hash.unit("size " + round + " " + first.id()) * (MOST_ITEMS - 1));
    }

    private List<RenderedEmoji> ordered(List<RenderedEmoji> list, String purpose) {
        return list.stream()
                .sorted(Comparator.comparing(picture -> hash.bits(purpose + " " + picture.id())))
                .toList();
    }

    private static Optional<ClockTime> time(RenderedEmoji picture) {
        return ClockTime.of(picture.glyph());
    }

    private String colourLead(RenderedEmoji first) {
        String label = GlyphName.of(first.glyph()).plain();
        String thing =
                (" " + label + " ").replace(" " + colourWord(first) + " ", " ").strip();
        return thing + " in several colours, " + first.style().word() + " style";
    }

    private String colourWord(RenderedEmoji picture) {
        return ColourWords.in(GlyphName.of(picture.glyph()).plain()).orElseThrow();
    }

    private static String toneLead(RenderedEmoji first) {
        String label = GlyphName.text(first.glyph().label());
        int colon = label.indexOf(": ");
        return (colon < 0 ? label : label.substring(0, colon)) + " with several skin tones, "
                + first.style().word() + " style";
    }

    private static String toneWord(RenderedEmoji picture) {
        return picture.glyph().tones().isEmpty()
                ? "default"
                : picture.glyph().tones().getFirst().word();
    }
}
