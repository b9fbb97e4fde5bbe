package dev.nextstep.data.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import dev.nextstep.image.WriteOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Each step on pictures that were made for it. */
class FilterTest {
    private static Pixels grey(int width, int height, IntBinaryOperator value) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) Math.clamp(value.applyAsInt(i % width, i / width), 0, 255));
        }
        return Pixels.of(width, height, rgb);
    }

    private static EncodedPicture encoded(Pixels picture) {
        return new EncodedPicture("png", PictureWriter.encode(picture, PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    private static Candidate candidate(Map<String, Object> fields, String caption, Pixels... pictures) {
        return new Candidate(
                new Sample(
                        "k",
                        pictures.length == 0 ? SampleKind.TEXT : SampleKind.IMAGE_TEXT,
                        caption,
                        Arrays.stream(pictures).map(FilterTest::encoded).toList(),
                        fields),
                new PictureReader());
    }

    private static boolean keeps(Filter filter, Pixels... pictures) {
        return filter.judge(candidate(Map.of(), "a caption", pictures)).kept();
    }

    private static Pixels plain(int width, int height) {
        return grey(width, height, (x, y) -> 128);
    }

    @Test
    void size() {
        var filter = new SizeFilter(64, 32);
        assertThat(keeps(filter, plain(64, 32))).isTrue();
        assertThat(keeps(filter, plain(63, 32))).isFalse();
        assertThat(keeps(filter, plain(64, 31))).isFalse();
        assertThat(keeps(filter, plain(100, 100), plain(100, 20)))
                .as("the smallest counts")
                .isFalse();
        assertThat(keeps(filter)).as("no picture").isTrue();
        assertThatThrownBy(() -> new SizeFilter(0, 1)).hasMessageContaining("1 pixel");
    }

    @Test
    void aspectRatioAndArea() {
        assertThat(keeps(new AspectRatioFilter(6), plain(60, 10))).isTrue();
        assertThat(keeps(new AspectRatioFilter(6), plain(61, 10))).isFalse();
        assertThat(keeps(new AspectRatioFilter(6), plain(10, 61))).isFalse();
        var area = new AreaFilter(100, 400);
        assertThat(keeps(area, plain(10, 10), plain(20, 20))).isTrue();
        assertThat(keeps(area, plain(9, 11), plain(20, 20))).isFalse();
        assertThat(keeps(area, plain(10, 10), plain(20, 21))).isFalse();
        assertThatThrownBy(() -> new AspectRatioFilter(0.5)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new AreaFilter(10, 9)).hasMessageContaining("10 to 9");
    }

    @Test
    void fields() {
        var scored = candidate(Map.of("score", 5.0, "text", "x"), "c");
        assertThat(new FieldFilter("score", 5).judge(scored).kept()).isTrue();
        assertThat(new FieldFilter("score", 5.1).judge(scored).kept()).isFalse();
        assertThat(new FieldFilter("score", -5).judge(scored).kept()).isTrue();
        assertThat(new FieldFilter("score", -4.9).judge(scored).kept()).isFalse();
        assertThat(new FieldFilter("score", 0).judge(scored).kept())
                .as("at most 0")
                .isFalse();
        assertThat(new FieldFilter("missing", 5).judge(scored).kept()).isTrue();
        assertThat(new FieldFilter("text", 5).judge(scored).kept())
                .as("no number")
                .isTrue();
    }

    @Test
    void keywords() {
        var filter = new KeywordFilter(List.of("Watermark", "stock photo"), 1, 0);
        assertThat(filter.judge(candidate(Map.of(), "a WATERMARKED fox")).kept())
                .isFalse();
        assertThat(filter.judge(candidate(Map.of(), "a stocked photo")).kept()).isTrue();
        var half = new KeywordFilter(List.of("fox"), 0.5, 7);
        int dropped = 0;
        for (int i = 0; i < 400; i++) {
            var candidate = candidate(Map.of(), "fox " + i);
            boolean kept = half.judge(candidate).kept();
            assertThat(half.judge(candidate).kept())
                    .as("decided by seed and caption")
                    .isEqualTo(kept);
            dropped += kept ? 0 : 1;
        }
        assertThat(dropped).isBetween(160, 240);
    }

    /** Discs of random places and tones: edges and plain areas, as in photographs and drawings. */
    private static Pixels discs(int side, long seed) {
        var random = new KeyedRandom(seed);
        int[][] discs = new int[20][];
        for (int i = 0; i < discs.length; i++) {
            discs[i] = new int[] {
                random.nextInt(side), random.nextInt(side), side / 12 + random.nextInt(side / 5), random.nextInt(256)
            };
        }
        return grey(side, side, (x, y) -> {
            int tone = 255;
            for (int[] d : discs) {
                if ((x - d[0]) * (x - d[0]) + (y - d[1]) * (y - d[1]) < d[2] * d[2]) {
                    tone = d[3];
                }
            }
            return tone;
        });
    }

    @Test
    void sharpness() {
        var sharp = discs(256, 1);
        var blurred =
                Resampler.resize(Resampler.resize(sharp, 24, 24, ResampleFilter.BOX), 256, 256, ResampleFilter.BICUBIC);
        assertThat(SharpnessFilter.sharpness(sharp)).isGreaterThan(200);
        assertThat(SharpnessFilter.sharpness(blurred)).isLessThan(20);
        assertThat(SharpnessFilter.sharpness(plain(50, 50))).isZero();
        assertThat(SharpnessFilter.sharpness(plain(2, 2))).isZero();
        var filter = new SharpnessFilter(60);
        assertThat(keeps(filter, sharp)).isTrue();
        assertThat(keeps(filter, sharp, blurred)).as("the least sharp counts").isFalse();
    }

    /** Letters of 5 × 7 dots in lines. */
    private static Pixels written(Pixels under, int lines, int top) {
        var random = new KeyedRandom(3);
        int[] letters = new int[64 * 64];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = random.nextInt();
        }
        byte[] rgb = under.toBytes();
        for (int line = 0; line < lines; line++) {
            for (int y = 0; y < 7; y++) {
                for (int x = 4; x < under.width() - 4; x++) {
                    int letter = x / 6;
                    boolean ink =
                            x % 6 < 5 && (letters[letter + 64 * line] >>> (y * 4 + x % 6 / 2) & 1) == 1 && x % 2 == 0;
                    if (ink) {
                        Arrays.fill(
                                rgb,
                                3 * ((top + line * 10 + y) * under.width() + x),
                                3 * ((top + line * 10 + y) * under.width() + x) + 3,
                                (byte) 0);
                    }
                }
            }
        }
        return Pixels.of(under.width(), under.height(), rgb);
    }

    @Test
    void textShare() {
        var drawing = discs(256, 1);
        var gradient = grey(256, 256, (x, y) -> (x + y) / 2);
        assertThat(TextShareFilter.textShare(drawing)).isLessThan(0.005);
        assertThat(TextShareFilter.textShare(gradient)).isZero();
        double page = TextShareFilter.textShare(written(grey(256, 256, (x, y) -> 255), 20, 20));
        double stamp = TextShareFilter.textShare(written(grey(256, 256, (x, y) -> 255), 2, 232));
        assertThat(page).isGreaterThan(0.3);
        assertThat(stamp).isBetween(0.02, 0.2);
        assertThat(keeps(new TextShareFilter(0.02), drawing)).isTrue();
        assertThat(keeps(new TextShareFilter(0.02), written(grey(256, 256, (x, y) -> 255), 2, 232)))
                .isFalse();
        assertThat(TextShareFilter.textShare(plain(5, 5))).isZero();
    }

    private static Pixels tinted(Pixels picture, int red) {
        byte[] rgb = picture.toBytes();
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) Math.clamp((rgb[i] & 255) + red, 0, 255);
        }
        return Pixels.of(picture.width(), picture.height(), rgb);
    }

    @Test
    void nearDuplicates() {
        var filter = new NearDuplicateFilter(4, 12);
        var picture = discs(200, 1);
        assertThat(keeps(filter, picture)).isTrue();
        assertThat(keeps(filter, picture)).as("the same").isFalse();
        assertThat(keeps(filter, Resampler.resize(picture, 90, 90, ResampleFilter.BICUBIC)))
                .as("smaller")
                .isFalse();
        var jpeg = new PictureReader()
                .read(PictureWriter.encode(picture, PictureFormat.JPEG, new WriteOptions(60, Map.of())), "jpeg");
        assertThat(keeps(filter, jpeg)).as("as JPEG").isFalse();
        assertThat(keeps(filter, tinted(picture, -90))).as("in another colour").isTrue();
        int kept = 0;
        for (int i = 2; i < 102; i++) {
            kept += keeps(filter, discs(200, i)) ? 1 : 0;
        }
        assertThat(kept).as("other pictures").isGreaterThanOrEqualTo(98);
        assertThat(keeps(filter)).as("a text").isTrue();
        assertThat(keeps(filter)).as("another text").isTrue();
        assertThatThrownBy(() -> new NearDuplicateFilter(8, 1)).hasMessageContaining("0..7");
    }

    @Test
    void severalPicturesMustAllBeAlike() {
        var filter = new NearDuplicateFilter(4, 12);
        assertThat(keeps(filter, discs(100, 1), discs(100, 2))).isTrue();
        assertThat(keeps(filter, discs(100, 3), discs(100, 2)))
                .as("another source")
                .isTrue();
        assertThat(keeps(filter, discs(100, 2))).as("alone").isTrue();
        assertThat(keeps(filter, discs(100, 1), discs(100, 2))).isFalse();
    }

    /** The bands find every hash within reach: against all pairs. */
    @Test
    void noDuplicateWithinReachIsMissed() {
        var random = new KeyedRandom(5);
        long base = random.nextLong();
        for (int bits = 0; bits <= 7; bits++) {
            for (int round = 0; round < 200; round++) {
                long other = base;
                while (Long.bitCount(other ^ base) < bits) {
                    other ^= 1L << random.nextInt(64);
                }
                boolean shared = false;
                for (int band = 0; band < 8; band++) {
                    shared |= (base >>> (8 * band) & 255) == (other >>> (8 * band) & 255);
                }
                assertThat(shared).isTrue();
            }
        }
    }

    @Test
    void aRunCountsWhatEachStepDropped() throws Exception {
        var run = new FilterRun(
                List.of(new SizeFilter(20, 20), new AspectRatioFilter(2), new AspectRatioFilter(1.5)),
                new PictureReader());
        assertThat(run.keeps(sample("small", plain(19, 40)))).isFalse();
        assertThat(run.keeps(sample("long", plain(100, 20)))).isFalse();
        assertThat(run.keeps(sample("longish", plain(36, 20)))).isFalse();
        assertThat(run.keeps(sample("good", plain(20, 20)))).isTrue();
        assertThat(run.keeps(new Sample(
                        "broken",
                        SampleKind.IMAGE_TEXT,
                        "<script>alert(1)</script>",
                        List.of(new EncodedPicture("png", new byte[10])),
                        Map.of())))
                .isFalse();
        var report = run.report();
        assertThat(report.in()).isEqualTo(5);
        assertThat(report.out()).isEqualTo(1);
        assertThat(report.steps())
                .map(DropReport.Step::name)
                .containsExactly("readable", "size", "aspect_ratio", "aspect_ratio 2");
        assertThat(report.steps()).map(DropReport.Step::in).containsExactly(5L, 4L, 3L, 2L);
        assertThat(report.steps()).map(DropReport.Step::out).containsExactly(4L, 3L, 2L, 1L);
        assertThat(report.steps())
                .map(DropReport.Step::droppedKeys)
                .containsExactly(List.of("broken"), List.of("small"), List.of("long"), List.of("longish"));
    }

    private static Sample sample(String key, Pixels picture) {
        return new Sample(key, SampleKind.IMAGE_TEXT, "<i>" + key, List.of(encoded(picture)), Map.of());
    }

    @org.junit.jupiter.api.io.TempDir
    java.nio.file.Path folder;

    @Test
    void theReportIsWrittenInNumbersAndPictures() throws Exception {
        var run = new FilterRun(
                FilterSettings.parse("filters:\n  - size: {min_width: 60}\n", "test"), new PictureReader());
        for (int i = 0; i < 100; i++) {
            run.keeps(sample("s" + i, TestSamples.pixels(20 + i, 30, i)));
        }
        java.nio.file.Path out = folder.resolve("new/report");
        run.report().write(out);
        var json = dev.nextstep.data.DataJson.readObject(out.resolve("report.json"));
        assertThat(json).containsEntry("in", 100).containsEntry("out", 60);
        var sheet = new PictureReader().read(out.resolve("dropped-size.png"));
        assertThat(sheet.width()).isEqualTo(8 * 100 + 4);
        assertThat(sheet.height()).as("40 dropped: five rows").isEqualTo(5 * 100 + 4);
        assertThat(out.resolve("kept.png")).exists();
        assertThat(java.nio.file.Files.readString(out.resolve("report.html")))
                .contains("data:image/png;base64", "&lt;i&gt;s", "width at least 60")
                .doesNotContain("<i>", "http:", "https:", "src=\"/");
        var histogram = (Map<?, ?>)
                ((Map<?, ?>) ((List<?>) java.util.Objects.requireNonNull(json.get("steps"))).get(1)).get("histogram");
        assertThat(java.util.Objects.requireNonNull(histogram).get("kept"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(24);
    }
}
