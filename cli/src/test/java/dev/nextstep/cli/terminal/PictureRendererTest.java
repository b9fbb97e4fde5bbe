package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the renderers write, read back as terminals do, is the picture. */
class PictureRendererTest {
    private static final CellSize CELL = new CellSize(9, 18, CellSize.Source.MEASURED);
    private static final TerminalSize LARGE = new TerminalSize(200, 100, CELL);

    private static Pixels png(String base64) {
        return new PictureReader().read(Base64.getDecoder().decode(base64), "sent");
    }

    /** The pieces of a picture in kitty's protocol, put together. */
    private static Pixels kitty(List<FakeTerminal.Graphic> pieces, String firstKeys) {
        var data = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String sequence = pieces.get(i).sequence();
            int semicolon = sequence.indexOf(';');
            String keys = sequence.substring(0, semicolon);
            String payload = sequence.substring(semicolon + 1);
            String more = i < pieces.size() - 1 ? "q=2,m=1" : "q=2,m=0";
            assertThat(keys).isEqualTo(i == 0 ? "_G" + firstKeys + "," + more : "_G" + more);
            assertThat(payload.length()).isBetween(1, 4096);
            if (i < pieces.size() - 1) {
                assertThat(payload.length() % 4).isZero();
            }
            data.append(payload);
        }
        return png(data.toString());
    }

    private static Pixels twice(Pixels pixels) {
        return Resampler.resize(pixels, 2 * pixels.width(), 2 * pixels.height(), ResampleFilter.NEAREST);
    }

    @Test
    void kittyGetsAPngInPieces() {
        Pixels picture = TestPictures.noise(200, 150, 1);
        Frame frame = new KittyRenderer().render(picture, LARGE, 77);
        var terminal = new FakeTerminal(200, 100);
        terminal.feed(frame.text());
        assertThat(kitty(terminal.graphics, "a=T,f=100,t=d,i=77,p=1,C=1")).isEqualTo(twice(picture));
        assertThat(terminal.graphics).hasSizeGreaterThan(10);
        assertThat(frame.columns()).isEqualTo(45); // 400 / 9
        assertThat(frame.rows()).isEqualTo(17); // 300 / 18
    }

    @Test
    void kittyGetsASizeInCellsWhenPixelsAreAssumed() {
        Pixels picture = TestPictures.plain(512, 256, 0x123456);
        var terminal = new FakeTerminal(80, 24);
        terminal.feed(
                new KittyRenderer().render(picture, TerminalSize.DEFAULT, 5).text());
        assertThat(kitty(terminal.graphics, "a=T,f=100,t=d,i=5,p=1,C=1,c=52,r=13"))
                .isEqualTo(picture);
    }

    @Test
    void itermGetsAPngWithItsSize() {
        Pixels picture = TestPictures.noise(200, 150, 2);
        var terminal = new FakeTerminal(200, 100);
        terminal.feed(new ItermRenderer().render(picture, LARGE, 1).text());
        assertThat(terminal.graphics).hasSize(1);
        String sequence = terminal.graphics.getFirst().sequence();
        int colon = sequence.indexOf(':');
        byte[] png = Base64.getDecoder().decode(sequence.substring(colon + 1));
        assertThat(sequence.substring(0, colon))
                .isEqualTo("]1337;File=inline=1;size=" + png.length + ";width=45;height=17;preserveAspectRatio=1");
        assertThat(png(sequence.substring(colon + 1))).isEqualTo(twice(picture));
    }

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sixelOfFewColorsIsExact(long seed) {
        var random = new Random(seed);
        Pixels picture =
                TestPictures.fewColors(1 + random.nextInt(90), 1 + random.nextInt(70), 1 + random.nextInt(200), seed);
        Pixels decoded = SixelDecoder.decode(sixel(picture));
        assertThat(decoded.width()).isEqualTo(picture.width());
        assertThat(decoded.height()).isEqualTo(picture.height());
        // A channel is sent as whole percents: 2.55 levels each, so at most 1.3 off, rounded.
        assertThat(largestDifference(picture, decoded)).as("seed " + seed).isLessThanOrEqualTo(2);
    }

    @Test
    void sixelOfManyColorsIsNearOnAverage() {
        Pixels picture = TestPictures.gradient(256, 192);
        Pixels decoded = SixelDecoder.decode(sixel(picture));
        // Dithered: single pixels may be off, blocks of 8 x 8 are not.
        Pixels small = Resampler.resize(picture, 32, 24, ResampleFilter.BOX);
        Pixels smallDecoded = Resampler.resize(decoded, 32, 24, ResampleFilter.BOX);
        assertThat(largestDifference(small, smallDecoded)).isLessThanOrEqualTo(6);
        assertThat(colors(decoded)).isLessThanOrEqualTo(256);
    }

    @Test
    void sixelOfNoiseUsesItsColors() {
        Pixels picture = TestPictures.noise(300, 200, 3);
        Pixels decoded = SixelDecoder.decode(sixel(picture));
        assertThat(colors(decoded)).isBetween(200L, 256L);
        assertThat(largestDifference(
                        Resampler.resize(picture, 30, 20, ResampleFilter.BOX),
                        Resampler.resize(decoded, 30, 20, ResampleFilter.BOX)))
                .isLessThanOrEqualTo(16);
    }

    @Test
    void sixelRepeatsRuns() {
        assertThat(sixel(TestPictures.plain(100, 12, 0xFF0000)))
                .isEqualTo("P0;1;0q\"1;1;100;12#0;2;100;0;0#0!100~-#0!100~");
    }

    @Test
    void sixelIsTheSameEachTime() {
        Pixels picture = TestPictures.noise(64, 64, 9);
        assertThat(SixelEncoder.encode(picture)).isEqualTo(SixelEncoder.encode(picture));
    }

    private static String sixel(Pixels picture) {
        String sequence = SixelEncoder.encode(picture);
        assertThat(sequence).startsWith("\u001bP").endsWith("\u001b\\");
        return sequence.substring(1, sequence.length() - 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void halfBlocksInTrueColorAreExact(long seed) {
        var random = new Random(seed);
        int width = 33 + random.nextInt(100); // more than half of 64, so that it is not enlarged
        int height = 1 + random.nextInt(80);
        Pixels picture = seed % 2 == 0
                ? TestPictures.noise(width, height, seed)
                : TestPictures.fewColors(width, height, 3, seed);
        Frame frame = new HalfBlockRenderer(ColorDepth.TRUE_COLOR).render(picture, LARGE, 1);
        var terminal = new FakeTerminal(200, 100);
        terminal.feed(frame.text());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                FakeTerminal.Cell cell = terminal.cell(x, y / 2);
                int color = y % 2 == 0 ? cell.ink() : cell.ground();
                if (cell.character() != '▀' || color != picture.rgb(x, y)) { // asserting every pixel takes seconds
                    throw new AssertionError("seed %d, pixel %d, %d: %s".formatted(seed, x, y, cell));
                }
            }
        }
        if (height % 2 == 1) {
            assertThat(terminal.cell(0, height / 2).ground()).isEqualTo(FakeTerminal.DEFAULT_COLOR);
        }
        assertThat(terminal.cell(width, 0).ground()).isEqualTo(FakeTerminal.DEFAULT_COLOR);
        assertThat(frame.rows()).isEqualTo(terminal.cursorLine());
        assertThat(frame.columns()).isEqualTo(width);
    }

    @Test
    void halfBlocksTakeExactColorsOf256() {
        Palette palette = Palette.xterm240();
        Pixels picture =
                ofColors(40, 6, IntStream.range(0, 240).map(palette::color).toArray());
        var terminal = new FakeTerminal(200, 100);
        terminal.feed(new HalfBlockRenderer(ColorDepth.ANSI_256)
                .render(picture, LARGE, 1)
                .text());
        for (int i = 0; i < 240; i++) {
            FakeTerminal.Cell cell = terminal.cell(i % 40, i / 40 / 2);
            int code = (i / 40 % 2 == 0 ? cell.ink() : cell.ground()) - FakeTerminal.PALETTE;
            assertThat(palette.color(code - 16)).isEqualTo(palette.color(i)); // the cube holds some greys twice
        }
    }

    @Test
    void halfBlocksTakeExactColorsOf16() {
        Palette palette = Palette.ansi16();
        Pixels picture = ofColors(
                48, 1, IntStream.range(0, 48).map(i -> palette.color(i / 3)).toArray());
        var terminal = new FakeTerminal(200, 100);
        terminal.feed(new HalfBlockRenderer(ColorDepth.ANSI_16)
                .render(picture, LARGE, 1)
                .text());
        for (int i = 0; i < 48; i++) {
            assertThat(terminal.cell(i, 0).ink()).isEqualTo(FakeTerminal.PALETTE | i / 3);
        }
    }

    private static Pixels ofColors(int width, int height, int[] colors) {
        var out = new ByteArrayOutputStream();
        for (int color : colors) {
            out.write(color >> 16);
            out.write(color >> 8);
            out.write(color);
        }
        return Pixels.of(width, height, out.toByteArray());
    }

    @Test
    void textGoesFromDarkToBright() {
        byte[] rgb = new byte[3 * 64 * 2];
        for (int i = 0; i < 128; i++) {
            java.util.Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (255 * (i % 64) / 63));
        }
        String text = new TextRenderer().render(Pixels.of(64, 2, rgb), LARGE, 1).text();
        assertThat(text).hasSize(65).startsWith(" ").endsWith("@\n").doesNotContain("\u001b");
        assertThat(text.chars().limit(64).map(TextRenderer.RAMP::indexOf)).isSorted();
        assertThat(text.chars().limit(64).distinct().count()).isEqualTo(TextRenderer.RAMP.length());
    }

    static Stream<PictureRenderer> renderers() {
        return Stream.of(
                new KittyRenderer(),
                new ItermRenderer(),
                new SixelRenderer(),
                new HalfBlockRenderer(ColorDepth.TRUE_COLOR),
                new HalfBlockRenderer(ColorDepth.ANSI_256),
                new HalfBlockRenderer(ColorDepth.ANSI_16),
                new TextRenderer());
    }

    @ParameterizedTest
    @MethodSource("renderers")
    void everyPictureFitsEveryTerminal(PictureRenderer renderer) {
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var size = new TerminalSize(
                    1 + random.nextInt(120), 1 + random.nextInt(60), random.nextBoolean() ? CELL : CellSize.ASSUMED);
            int longest = random.nextInt(20) == 0 ? 3000 : 200;
            Pixels picture = TestPictures.plain(1 + random.nextInt(longest), 1 + random.nextInt(longest), 0x8090A0);
            Frame frame = renderer.render(picture, size, 1);
            String name =
                    "seed %d: %s on %s gave %d x %d".formatted(seed, picture, size, frame.columns(), frame.rows());
            assertThat(frame.columns()).as(name).isBetween(1, Math.max(1, size.columns() - 1));
            assertThat(frame.rows()).as(name).isBetween(1, Math.max(1, size.rows() - 2));
            var terminal = new FakeTerminal(size.columns(), size.rows());
            terminal.feed(frame.text());
            assertThat(terminal.cursorColumn()).as(name).isZero();
            assertThat(terminal.wraps()).as(name).isZero();
            if (size.rows() > 2) {
                assertThat(terminal.cursorLine()).as(name).isEqualTo(frame.rows());
            }
        }
    }

    @Test
    void smallPicturesAreEnlargedByWholeNumbers() {
        var size = new TerminalSize(200, 60, CELL); // 1791 x 1044 pixels, 199 x 116 half blocks
        assertThat(PictureFit.toPixels(TestPictures.plain(64, 64, 0), size).width())
                .isEqualTo(512);
        assertThat(PictureFit.toPixels(TestPictures.plain(100, 60, 0), size).width())
                .isEqualTo(500);
        assertThat(PictureFit.toPixels(TestPictures.plain(600, 600, 0), size).width())
                .isEqualTo(600);
        assertThat(PictureFit.toPixels(TestPictures.plain(4000, 2000, 0), size).width())
                .isEqualTo(1791);
        assertThat(PictureFit.toHalfBlocks(TestPictures.plain(16, 16, 0), size).width())
                .isEqualTo(64);
        assertThat(PictureFit.toHalfBlocks(TestPictures.plain(64, 64, 0), size).width())
                .isEqualTo(64);
        assertThat(PictureFit.toHalfBlocks(TestPictures.plain(512, 512, 0), size)
                        .width())
                .isEqualTo(116);
        Pixels noise = TestPictures.noise(64, 64, 4);
        Pixels large = PictureFit.toPixels(noise, size);
        assertThat(Resampler.resize(large, 64, 64, ResampleFilter.BOX)).isEqualTo(noise);
    }

    private static int largestDifference(Pixels a, Pixels b) {
        byte[] x = a.toBytes();
        byte[] y = b.toBytes();
        assertThat(x).hasSameSizeAs(y);
        return IntStream.range(0, x.length)
                .map(i -> Math.abs((x[i] & 255) - (y[i] & 255)))
                .max()
                .orElseThrow();
    }

    private static long colors(Pixels pixels) {
        return IntStream.range(0, pixels.width() * pixels.height())
                .map(i -> pixels.rgb(i % pixels.width(), i / pixels.width()))
                .distinct()
                .count();
    }
}
