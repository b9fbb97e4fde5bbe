package dev.nextstep.data.emoji;

import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes all samples that options ask for, each kind in an order that hashes give. */
final class SampleWriting {
    private static final int TELL_EVERY = 200;

    private final List<RenderedEmoji> pictures;
    private final EmojiOptions options;
    private final HoldOut holdOut;
    private final CommonTags common;
    private final EmojiSamples samples;
    private final StableHash hash;
    private final EmojiSinks sinks;
    private final SampleListener listener;
    private final Map<Split, Map<SampleKind, Integer>> written = new EnumMap<>(Split.class);
    private final Map<EditKind, Integer> trainEdits = new EnumMap<>(EditKind.class);
    private final Map<EditKind, Integer> heldOutEdits = new EnumMap<>(EditKind.class);
    private int symmetric;

    SampleWriting(List<RenderedEmoji> all, int size, EmojiOptions options, EmojiSinks sinks, SampleListener listener) {
        this.options = options;
        this.holdOut = new HoldOut(all, options.holdOut());
        this.common = new CommonTags(all);
        this.samples = new EmojiSamples(options.seed(), common, size);
        this.hash = new StableHash(options.seed());
        this.sinks = sinks;
        this.listener = listener;
        this.pictures = all.stream()
                .filter(picture -> options.styles().contains(picture.style()))
                .toList();
    }

    WriteReport run() throws IOException {
        var member = options.glyphs().test();
        var chosen = pictures.stream()
                .filter(picture -> member.test(picture.glyph()))
                .toList();
        for (var split : List.of(Split.TRAIN, Split.HELD_OUT_PAIRS, Split.HELD_OUT_GLYPHS)) {
            var part = chosen.stream()
                    .filter(picture -> holdOut.of(picture) == split)
                    .toList();
            write(split, SampleKind.IMAGE_TEXT, part, RenderedEmoji::id, p -> Optional.of(samples.picture(p)));
        }
        write(
                Split.TRAIN,
                SampleKind.TEXT,
                texts(chosen),
                Text::key,
                t -> Optional.of(EmojiSamples.text(t.key, t.text)));
        var train = chosen.stream().filter(holdOut::isTrain).toList();
        var series = new SeriesMaker(train, hash, holdOut::isHeldOut).make(options.seriesPerGlyph());
        var rows = new ArrayList<Interleaved>();
        series.forEach(one -> rows.add(new Interleaved(one.key(), () -> samples.series(one))));
        described(train)
                .forEach(picture ->
                        rows.add(new Interleaved("description " + picture.id(), () -> samples.description(picture))));
        write(Split.TRAIN, SampleKind.INTERLEAVED, rows, Interleaved::key, row -> Optional.of(row.made.make()));
        edits();
        return new WriteReport(written, trainEdits, heldOutEdits, symmetric);
    }

    private record Interleaved(String key, Maker made) {}

    private interface Maker {
        Sample make() throws IOException;
    }

    private List<RenderedEmoji> described(List<RenderedEmoji> train) {
        if (options.descriptions() == Descriptions.NONE) {
            return List.of();
        }
        var ofEdits = options.editGlyphs().test();
        return Stream.concat(
                        train.stream(),
                        pictures.stream().filter(picture -> holdOut.isTrain(picture) && ofEdits.test(picture.glyph())))
                .distinct()
                .toList();
    }

    private void edits() throws IOException {
        var member = options.editGlyphs().test();
        var train = pictures.stream()
                .filter(picture -> holdOut.isTrain(picture) && member.test(picture.glyph()))
                .toList();
        var pairs = new EditPairs(train);
        var forTraining = new ArrayList<EditPair>();
        var heldOut = new ArrayList<EditPair>();
        for (var kind : EditKind.values()) {
            Optional<Integer> limit = Optional.ofNullable(options.editLimits().get(kind));
            if (limit.isPresent() && limit.get() == 0) {
                continue; // not learned, so nothing of it can be asked either
            }
            pairs.of(kind)
                    .collect(Collectors.partitioningBy(holdOut::isHeldOut))
                    .forEach((held, some) -> {
                        if (held) {
                            heldOut.addAll(limited(some, Optional.of(options.heldOutEditLimit())));
                        } else {
                            forTraining.addAll(limited(some, limit));
                        }
                    });
        }
        write(Split.TRAIN, SampleKind.EDIT, forTraining, EditPair::key, pair -> edit(pair, trainEdits));
        write(Split.HELD_OUT_EDITS, SampleKind.EDIT, heldOut, EditPair::key, pair -> edit(pair, heldOutEdits));
    }

    /** So many, chosen by hash: a smaller choice is part of a larger one. */
    private List<EditPair> limited(List<EditPair> pairs, Optional<Integer> limit) {
        if (limit.isEmpty() || limit.get() >= pairs.size()) {
            return pairs;
        }
        return pairs.stream()
                .sorted(Comparator.comparing(pair -> hash.bits(pair.key())))
                .limit(limit.get())
                .toList();
    }

    private Optional<Sample> edit(EditPair pair, Map<EditKind, Integer> counts) throws IOException {
        var sample = samples.edit(pair);
        if (sample.isPresent()) {
            counts.merge(pair.kind(), 1, Integer::sum);
        } else {
            symmetric++;
        }
        return sample;
    }

    private record Text(String key, String text) {}

    private List<Text> texts(List<RenderedEmoji> chosen) {
        var byGlyph = new LinkedHashMap<Glyph, List<RenderedEmoji>>();
        chosen.stream()
                .filter(holdOut::isTrain)
                .forEach(picture -> byGlyph.computeIfAbsent(picture.glyph(), glyph -> new ArrayList<>())
                        .add(picture));
        var facts = new GlyphFacts(common);
        var texts = new ArrayList<Text>();
        byGlyph.forEach((glyph, of) -> {
            var chosenFacts = facts.of(glyph, of).stream()
                    .sorted(Comparator.comparing(fact -> hash.bits(glyph.hexcode() + " " + fact)))
                    .limit(options.textsPerGlyph())
                    .toList();
            for (int i = 0; i < chosenFacts.size(); i++) {
                texts.add(new Text("text_" + glyph.hexcode().replace('-', '_') + "_" + i, chosenFacts.get(i)));
            }
        });
        var general =
                options.textsPerGlyph() == 0 ? List.<String>of() : GlyphFacts.general(List.copyOf(byGlyph.keySet()));
        for (int i = 0; i < general.size(); i++) {
            texts.add(new Text("text_set_" + i, general.get(i)));
        }
        return texts;
    }

    /** Makes a sample, or nothing if there is none to make. */
    private interface Making<T> {
        Optional<Sample> make(T item) throws IOException;
    }

    private <T> void write(Split split, SampleKind kind, List<T> items, Function<T, String> name, Making<T> making)
            throws IOException {
        if (items.isEmpty()) {
            return;
        }
        var order = items.stream()
                .sorted(Comparator.comparing(item -> hash.bits("order " + name.apply(item))))
                .toList();
        int done = 0;
        int taken = 0;
        try (var sink = sinks.open(split, kind)) {
            for (var item : order) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("writing the emoji set was cancelled");
                }
                var sample = making.make(item);
                if (sample.isPresent()) {
                    sink.add(sample.get());
                    taken++;
                }
                if (++done % TELL_EVERY == 0 || done == order.size()) {
                    listener.progress(split, kind, done, order.size());
                }
            }
        }
        written.computeIfAbsent(split, s -> new EnumMap<>(SampleKind.class)).put(kind, taken);
    }
}
