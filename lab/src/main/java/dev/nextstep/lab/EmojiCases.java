package dev.nextstep.lab;

import dev.nextstep.data.ImageTags;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.emoji.EditKind;
import dev.nextstep.data.emoji.Split;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.train.measure.CaptionCase;
import dev.nextstep.train.measure.CasesFile;
import dev.nextstep.train.measure.EditCase;
import dev.nextstep.train.measure.PictureName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a model that learned from the emoji shards can be asked, and what it has not seen. */
final class EmojiCases {
    private EmojiCases() {}

    /**
     * Reads the cases out of the shards of all splits.
     *
     * @param folder with a folder for each split
     */
    static CasesFile of(Path folder) throws IOException {
        return new CasesFile(
                list(folder, Split.TRAIN, SampleKind.IMAGE_TEXT, EmojiCases::caption),
                list(folder, Split.HELD_OUT_PAIRS, SampleKind.IMAGE_TEXT, EmojiCases::caption),
                // What is computed is no picture of the set.
                list(folder, Split.HELD_OUT_EDITS, SampleKind.EDIT, EmojiCases::edit).stream()
                        .filter(edit -> !EditKind.of(edit.kind()).isComputed())
                        .toList(),
                list(folder, Split.HELD_OUT_GLYPHS, SampleKind.IMAGE_TEXT, sample -> picture(sample, "")));
    }

    /**
     * Edits that are in training, of each kind as many as there may be: whether a model has learned what it was shown, beside
     * whether it can do what it was not.
     *
     * @param most of a kind; the shards have them in an order that nobody chose
     */
    static CasesFile learned(Path folder, int most) throws IOException {
        var counts = new HashMap<String, Integer>();
        var edits = list(folder, Split.TRAIN, SampleKind.EDIT, EmojiCases::edit).stream()
                .filter(edit -> !EditKind.of(edit.kind()).isComputed())
                .filter(edit -> counts.merge(edit.kind(), 1, Integer::sum) <= most)
                .toList();
        return new CasesFile(List.of(), List.of(), edits, List.of());
    }

    private static <T> List<T> list(Path folder, Split split, SampleKind kind, Function<Sample, T> of)
            throws IOException {
        var place = folder.resolve(split.id()).resolve(kind.id());
        var list = new ArrayList<T>();
        if (Files.isDirectory(place)) {
            try (var data = DataSet.open(place, kind)) {
                for (long i = 0; i < data.size(); i++) {
                    data.read(i).map(of).ifPresent(list::add);
                }
            }
        }
        return list;
    }

    private static CaptionCase caption(Sample sample) {
        return new CaptionCase(sample.caption(), picture(sample, ""));
    }

    private static EditCase edit(Sample sample) {
        String instruction = ImageTags.split(sample.caption()).stream()
                .filter(ImageTags.Text.class::isInstance)
                .map(piece -> ((ImageTags.Text) piece).text())
                .collect(Collectors.joining(" "))
                .strip();
        return new EditCase(
                text(sample, "edit").toLowerCase(Locale.ROOT),
                instruction,
                picture(sample, "source_"),
                picture(sample, "target_"));
    }

    private static PictureName picture(Sample sample, String prefix) {
        return new PictureName(text(sample, prefix + "hexcode"), text(sample, prefix + "style"));
    }

    private static String text(Sample sample, String field) {
        return String.valueOf(sample.fields().get(field));
    }
}
