package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pictures and edits are held out.
 *
 * <p>A held-out glyph takes all that varies it by tone, gender, hair, members or direction with it, and glyphs that some
 * style draws alike: else its shape would be in training under another name. A held-out picture takes its identical twins
 * with it. At least one style of every other glyph stays in training.
 */
public final class HoldOut {
    private final HoldOutOptions options;
    private final StableHash hash;
    private final Map<String, Split> splits = new HashMap<>();
    private final Set<String> glyphs = new HashSet<>();

    /**
     * Decides.
     *
     * @param pictures all of the set, whatever part of it will be used
     */
    public HoldOut(List<RenderedEmoji> pictures, HoldOutOptions options) {
        this.options = options;
        this.hash = new StableHash(options.seed());
        var families = families(pictures);
        for (var picture : pictures) {
            boolean held = hash.unit("glyph " + families.root(picture.glyph().base())) < options.glyphs();
            if (held) {
                glyphs.add(picture.glyph().hexcode());
            }
            splits.put(picture.id(), held ? Split.HELD_OUT_GLYPHS : Split.TRAIN);
        }
        pairs(pictures.stream().filter(picture -> isTrain(picture)).toList());
    }

    /** Where a picture belongs: training, held-out pairs or held-out glyphs. */
    public Split of(RenderedEmoji picture) {
        return Objects.requireNonNull(splits.get(picture.id()), () -> picture.id() + " is not in this set");
    }

    /** Whether a picture may be trained on. */
    public boolean isTrain(RenderedEmoji picture) {
        return of(picture) == Split.TRAIN;
    }

    /** Whether training may know of a glyph, by text as well. */
    public boolean isTrain(Glyph glyph) {
        return !glyphs.contains(glyph.hexcode());
    }

    /** Whether this edit, in either direction, is held out. Both pictures must be in training for it to be used at all. */
    public boolean isHeldOut(EditPair pair) {
        return hash.unit("edit " + pair.unorderedKey()) < options.edits(pair.kind());
    }

    /** Glyphs that cannot be told apart belong together. */
    private static Families families(List<RenderedEmoji> pictures) {
        var families = new Families();
        var firstOf = new HashMap<String, String>();
        for (var picture : pictures) {
            String base = picture.glyph().base();
            families.join(base, firstOf.computeIfAbsent(picture.sha256(), same -> base));
        }
        return families;
    }

    private void pairs(List<RenderedEmoji> pictures) {
        var twins = new TreeMap<String, List<RenderedEmoji>>();
        pictures.forEach(picture -> twins.computeIfAbsent(picture.sha256(), sha -> new ArrayList<>())
                .add(picture));
        var left = new HashMap<String, Integer>();
        pictures.forEach(picture -> left.merge(picture.glyph().hexcode(), 1, Integer::sum));
        // From the smallest number on, so that what stays is the same whatever the order of the pictures.
        var candidates = twins.values().stream()
                .map(same -> new Candidate(hash.unit("pair " + name(same)), same))
                .filter(candidate -> candidate.number < options.pairs())
                .sorted(Comparator.comparingDouble(Candidate::number))
                .toList();
        for (var candidate : candidates) {
            if (candidate.same.stream()
                    .allMatch(picture -> left.getOrDefault(picture.glyph().hexcode(), 0) > 1)) {
                candidate.same.forEach(picture -> {
                    splits.put(picture.id(), Split.HELD_OUT_PAIRS);
                    left.merge(picture.glyph().hexcode(), -1, Integer::sum);
                });
            }
        }
    }

    private static String name(List<RenderedEmoji> same) {
        return same.stream()
                .map(RenderedEmoji::id)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private record Candidate(double number, List<RenderedEmoji> same) {}

    /** Sets of glyphs, each named by its smallest code. */
    private static final class Families {
        private final Map<String, String> parents = new HashMap<>();

        String root(String code) {
            String at = code;
            for (String next = parents.getOrDefault(at, at); !next.equals(at); next = parents.getOrDefault(at, at)) {
                at = next;
            }
            return at;
        }

        void join(String first, String second) {
            String a = root(first);
            String b = root(second);
            if (a.compareTo(b) < 0) {
                parents.put(b, a);
            } else if (a.compareTo(b) > 0) {
                parents.put(a, b);
            }
        }
    }
}
