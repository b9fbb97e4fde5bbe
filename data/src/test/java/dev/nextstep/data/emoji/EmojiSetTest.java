package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.SampleSink;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiSetTest {
    private static final RenderOptions SMALL = new RenderOptions(16, 2);

    @TempDir
    Path folder;

    @Test
    void rendersOnceAndGoesOnWhereItWas() throws IOException {
        var catalog = EmojiFixture.catalog();

        var first = EmojiSet.render(folder, catalog, SMALL, RenderListener.SILENT);
        var lost = folder.resolve("pictures/flat/1f34e.png");
        byte[] before = Files.readAllBytes(lost);
        Files.delete(lost);
        var second = EmojiSet.render(folder, catalog, new RenderOptions(16, 1), RenderListener.SILENT);

        assertThat(first.failures()).isEmpty();
        assertThat(first.rendered()).isEqualTo(catalog.drawings().size()).isEqualTo(first.pictures());
        assertThat(second.rendered()).isEqualTo(1);
        assertThat(lost).as("the same bytes, whatever the threads").hasBinaryContent(before);
        var set = EmojiSet.open(folder);
        assertThat(set.size()).isEqualTo(16);
        assertThat(set.pictures())
                .extracting(RenderedEmoji::glyph)
                .containsExactlyElementsOf(
                        catalog.drawings().stream().map(Drawing::glyph).toList());
        assertThatThrownBy(() -> EmojiSet.render(folder, catalog, new RenderOptions(32, 1), RenderListener.SILENT))
                .isInstanceOf(EmojiSetException.class)
                .hasMessageContaining("choose another folder");
    }

    @Test
    void attributionsLieBesideThePictures() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);

        assertThat(folder.resolve("THIRD-PARTY.md")).hasContent(EmojiSet.notice());
        assertThat(Path.of(System.getProperty("project.root", ".."), "recipes/emoji/THIRD-PARTY.md"))
                .as("the recipe's copy")
                .hasContent(EmojiSet.notice());
        for (var style : EmojiStyle.values()) {
            var source = style.source();
            assertThat(EmojiSet.notice())
                    .contains("| " + style.word() + " | `" + source.name() + "` " + source.version() + " |");
        }
    }

    @Test
    void whatCannotBeRenderedIsLeftOutAndCounted() {
        var fine = EmojiFixture.catalog();
        var drawings = new ArrayList<>(fine.drawings());
        drawings.set(0, with(drawings.get(0), "<path d=\"M0 0h9v9\"")); // not closed
        drawings.set(1, with(drawings.get(1), "<g/>")); // nothing to see
        drawings.set(2, with(drawings.get(2), "<path fill=\"url(#none)\" d=\"Mxx\"/>"));

        var heard = new ArrayList<Integer>();
        var report = EmojiSet.render(
                folder,
                new EmojiCatalog(fine.glyphs(), drawings, fine.report()),
                SMALL,
                (done, total, failed) -> heard.add(failed));

        assertThat(report.failures()).containsOnlyKeys("noto/1f34e", "noto/1f34f", "noto/1f34c");
        assertThat(report.failures().get("noto/1f34e")).contains("red-apple");
        assertThat(report.pictures()).isEqualTo(drawings.size() - 3);
        assertThat(heard.getLast()).isEqualTo(3);
        assertThat(EmojiSet.open(folder).pictures())
                .extracting(RenderedEmoji::id)
                .doesNotContain("noto/1f34e");
    }

    @Test
    void aDrawingStaysInPlaceAndProportion() throws RenderException {
        // Twice as wide as high: white above and below, the left half red, the right half half-transparent blue.
        var icon = new Icon(
                "wide",
                "<path fill=\"#f00\" d=\"M0 0h20v20h-20z\"/><path fill=\"#00f\" fill-opacity=\".5\" d=\"M20 0h20v20h-20z\"/>",
                40,
                20);

        var pixels = new EmojiRenderer(64).render(icon);

        assertThat(pixels.rgb(10, 15)).isEqualTo(0xffffff);
        assertThat(pixels.rgb(10, 16)).isEqualTo(0xff0000);
        assertThat(pixels.rgb(0, 47)).isEqualTo(0xff0000);
        assertThat(pixels.rgb(31, 32)).isEqualTo(0xff0000);
        assertThat(pixels.rgb(63, 48)).isEqualTo(0xffffff);
        int blue = pixels.rgb(40, 32);
        assertThat(blue & 255).isEqualTo(255);
        assertThat(blue >> 16).isBetween(126, 129);
    }

    @Test
    void anInterruptedRunKeepsWhatIsDone() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> EmojiSet.open(folder))
                .isInstanceOf(EmojiSetException.class)
                .hasMessageContaining("render the emoji set into it first");
    }

    @Test
    void writesAllKindsWithoutALeak() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);
        var options = EmojiOptions.DEFAULT.withHoldOut(new HoldOutOptions(4, 0.2, 0.15, 0.1));

        var written = write(options);

        var train = new ArrayList<Sample>();
        Set<String> heldOut = new HashSet<>();
        written.samples.forEach((place, samples) -> {
            assertThat(samples).as(place).isNotEmpty();
            if (place.startsWith("train ")) {
                train.addAll(samples);
            } else if (!place.startsWith("held-out-edits")) {
                samples.forEach(sample -> heldOut.addAll(contents(sample)));
            }
        });
        assertThat(written.samples.keySet())
                .containsExactlyInAnyOrder(
                        "train TEXT",
                        "train IMAGE_TEXT",
                        "train EDIT",
                        "train INTERLEAVED",
                        "held-out-pairs IMAGE_TEXT",
                        "held-out-glyphs IMAGE_TEXT",
                        "held-out-edits EDIT");
        assertThat(train).allSatisfy(sample -> {
            assertThat(contents(sample)).noneMatch(heldOut::contains);
            checkForm(sample);
        });
        assertThat(train).extracting(Sample::key).doesNotHaveDuplicates();
        var trainEdits = train.stream().filter(s -> s.kind() == SampleKind.EDIT).map(EmojiSetTest::pair);
        assertThat(written.of("held-out-edits EDIT").stream().map(EmojiSetTest::pair))
                .doesNotContainAnyElementsOf(trainEdits.toList());
        assertThat(written.report.samples(Split.TRAIN, SampleKind.EDIT))
                .isEqualTo(written.of("train EDIT").size());
        assertThat(written.report.trainEdits()).containsKeys(EditKind.STYLE, EditKind.TONE, EditKind.CLOCK);
    }

    @Test
    void noSeriesShowsAHeldOutEdit() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);
        var pictures = EmojiSet.open(folder).pictures();
        var holdOut = new HoldOut(pictures, new HoldOutOptions(4, 0, 0, 0.1));

        var made = new SeriesMaker(pictures, new StableHash(1), holdOut::isHeldOut).make(3);

        var forbidden = new HashSet<Set<String>>();
        var edits = new EditPairs(pictures);
        for (var kind : List.of(EditKind.STYLE, EditKind.TONE, EditKind.COLOUR, EditKind.CLOCK)) {
            edits.of(kind)
                    .filter(holdOut::isHeldOut)
                    .forEach(pair -> forbidden.add(
                            Set.of(pair.source().id(), pair.target().id())));
        }
        assertThat(made).hasSizeGreaterThan(50);
        assertThat(forbidden).hasSizeGreaterThan(20);
        for (var series : made) {
            var ids = series.pictures().stream().map(RenderedEmoji::id).toList();
            assertThat(forbidden).as(series.caption()).noneMatch(ids::containsAll);
        }
    }

    @Test
    void descriptionsFollowEachPictureOfTheTraining() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);

        var without = write(EmojiOptions.DEFAULT);
        var written = write(EmojiOptions.DEFAULT.withDescriptions(Descriptions.OF_EACH_PICTURE));

        var series = without.of("train INTERLEAVED").stream().map(Sample::key).toList();
        var added = written.of("train INTERLEAVED").stream()
                .filter(sample -> !series.contains(sample.key()))
                .toList();
        assertThat(added)
                .hasSameSizeAs(written.of("train IMAGE_TEXT"))
                .extracting(Sample::key)
                .doesNotHaveDuplicates();
        assertThat(added).allSatisfy(sample -> {
            assertThat(sample.pictures()).hasSize(1);
            assertThat(sample.caption())
                    .matches("<image_0> .+, %s style".formatted(sample.fields().get("style")));
        });
        assertThat(written.of("train INTERLEAVED").stream().map(Sample::key)).containsAll(series);
    }

    @Test
    void theSameSetAndOptionsGiveTheSameSamples() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);

        var one = write(EmojiOptions.DEFAULT);
        var other = write(EmojiOptions.DEFAULT);

        assertThat(one.summary()).isEqualTo(other.summary());
    }

    @Test
    void limitsChooseAPartOfTheEdits() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);
        var few = write(EmojiOptions.DEFAULT.withEditLimits(Map.of(EditKind.STYLE, 7, EditKind.TONE, 0)));
        var more = write(EmojiOptions.DEFAULT.withEditLimits(Map.of(EditKind.STYLE, 20, EditKind.TONE, 0)));

        assertThat(few.report.trainEdits()).containsEntry(EditKind.STYLE, 7).doesNotContainKey(EditKind.TONE);
        assertThat(more.of("train EDIT"))
                .extracting(Sample::key)
                .containsAll(few.of("train EDIT").stream().map(Sample::key).toList());
    }

    @Test
    void aKindThatIsNotLearnedIsNotHeldOutEither() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);
        var much = EmojiOptions.DEFAULT.withHoldOut(new HoldOutOptions(4, 0, 0, 0.1));

        assertThat(write(much).report.heldOutEdits()).containsKeys(EditKind.STYLE, EditKind.TONE);
        assertThat(write(much.withEditLimits(Map.of(EditKind.TONE, 0))).report.heldOutEdits())
                .containsKey(EditKind.STYLE)
                .doesNotContainKey(EditKind.TONE);
    }

    @Test
    void editsMayReachBeyondTheGlyphsOfPictures() throws IOException {
        EmojiSet.render(folder, EmojiFixture.catalog(), SMALL, RenderListener.SILENT);

        var written = write(EmojiOptions.DEFAULT.withGlyphs(GlyphSubset.CORE).withEditGlyphs(GlyphSubset.ALL));

        assertThat(written.of("train IMAGE_TEXT"))
                .allMatch(sample -> Boolean.TRUE.equals(sample.fields().get("base")));
        assertThat(written.report.trainEdits()).containsKey(EditKind.TONE);
    }

    private static Drawing with(Drawing drawing, String body) {
        return new Drawing(
                drawing.glyph(), drawing.style(), new Icon(drawing.icon().name(), body, 32, 32));
    }

    private static void checkForm(Sample sample) {
        assertThat(sample.key()).matches("[a-z0-9_]+");
        CaptionRules.check(sample.caption());
        for (int i = 0; i < sample.pictures().size(); i++) {
            if (sample.kind() != SampleKind.IMAGE_TEXT) {
                assertThat(sample.caption()).containsOnlyOnce("<image_" + i + ">");
            }
            var pixels = new PictureReader().read(sample.pictures().get(i).bytes(), sample.key());
            assertThat(pixels.width()).isEqualTo(16);
        }
        assertThat(sample.caption())
                .doesNotContain("<image_" + sample.pictures().size() + ">");
    }

    private static Set<String> pair(Sample edit) {
        return new HashSet<>(contents(edit));
    }

    private static List<String> contents(Sample sample) {
        return sample.pictures().stream()
                .map(picture -> Arrays.toString(picture.bytes()))
                .toList();
    }

    private record Written(Map<String, List<Sample>> samples, WriteReport report) {
        List<Sample> of(String place) {
            return samples.getOrDefault(place, List.of());
        }

        List<String> summary() {
            var lines = new ArrayList<String>();
            samples.forEach((place, list) -> list.forEach(sample -> lines.add(place + " " + sample.key() + " "
                    + sample.caption() + " " + new java.util.TreeMap<>(sample.fields()) + " " + contents(sample))));
            return lines;
        }
    }

    private Written write(EmojiOptions options) throws IOException {
        var samples = new LinkedHashMap<String, List<Sample>>();
        var report = EmojiSet.open(folder)
                .write(
                        options,
                        (split, kind) -> {
                            var list = new ArrayList<Sample>();
                            samples.put(split.id() + " " + kind, list);
                            return new SampleSink() {
                                @Override
                                public void add(Sample sample) {
                                    list.add(sample);
                                }

                                @Override
                                public void close() {}
                            };
                        },
                        SampleListener.SILENT);
        return new Written(samples, report);
    }
}
