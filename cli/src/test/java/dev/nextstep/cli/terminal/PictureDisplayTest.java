package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.image.Pixels;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A growing picture with a progress bar below it, on a terminal in memory. */
class PictureDisplayTest {
    private static final TerminalSize SIZE = new TerminalSize(100, 30, new CellSize(8, 16, CellSize.Source.MEASURED));

    private static TerminalInfo terminal(GraphicsProtocol graphics) {
        var both = Set.of(StandardStream.OUT, StandardStream.ERR);
        return new TerminalInfo(both, both, ColorDepth.TRUE_COLOR, SIZE, Glyphs.UNICODE, graphics);
    }

    static Stream<Integer> linesAbove() {
        return Stream.of(0, 3, 28, 29, 60);
    }

    @ParameterizedTest
    @MethodSource("linesAbove")
    void aPictureOfBlocksChangesInPlace(int above) {
        var screen = new FakeTerminal(100, 30);
        var info = terminal(GraphicsProtocol.BLOCKS);
        screen.feed("line\n".repeat(above));
        var output = screen.output();
        long[] clock = {0};
        Pixels last = TestPictures.noise(40, 41, 0);
        var display = PictureDisplay.of(info, StandardStream.ERR, output);
        try (var bar =
                ProgressBar.start("drawing", ProgressUnit.TOKENS, OptionalLong.of(10), info, output, () -> clock[0])) {
            for (int i = 1; i <= 10; i++) {
                clock[0] += 1_000_000_000L;
                last = TestPictures.noise(40, 41, i);
                display.show(last);
                bar.update(i);
                assertThat(screen.cursorLine()).isEqualTo(above + 21);
                assertThat(screen.line(above + 21)).startsWith("drawing  ━").contains(10 * i + " %");
            }
            bar.succeed();
        }
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 40; x++) {
                FakeTerminal.Cell cell = screen.cell(x, above + y / 2);
                assertThat(y % 2 == 0 ? cell.ink() : cell.ground()).isEqualTo(last.rgb(x, y));
            }
        }
        assertThat(screen.line(above + 21)).isEqualTo("nextstep: drawing: 10 tokens in 10 s (1.0 tokens/s)");
        assertThat(screen.text()).hasSize(above + 22);
        assertThat(screen.cursorColumn()).isZero();
        assertThat(screen.wraps()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = GraphicsProtocol.class,
            names = {"KITTY", "ITERM", "SIXEL"})
    void aPictureOfPixelsChangesInPlace(GraphicsProtocol graphics) {
        for (int above : new int[] {0, 20, 29, 50}) {
            var screen = new FakeTerminal(100, 30);
            screen.feed("line\n".repeat(above));
            var display = PictureDisplay.of(terminal(graphics), StandardStream.ERR, screen.output());
            for (int i = 0; i < 5; i++) {
                display.show(TestPictures.plain(256, 256, i));
                assertThat(screen.cursorLine()).isEqualTo(above + 16); // 448 pixels: not twice 256
                assertThat(screen.cursorColumn()).isZero();
            }
            var first = screen.graphics.getFirst();
            assertThat(screen.graphics).allSatisfy(g -> {
                assertThat(g.line()).isEqualTo(first.line());
                assertThat(g.column()).isZero();
            });
        }
    }

    @Test
    void theSamePictureIsNotDrawnTwice() {
        var screen = new FakeTerminal(100, 30);
        var display = PictureDisplay.of(terminal(GraphicsProtocol.SIXEL), StandardStream.ERR, screen.output());
        display.show(TestPictures.noise(20, 20, 1));
        display.show(TestPictures.noise(20, 20, 1));
        assertThat(screen.graphics).hasSize(1);
    }

    @Test
    void kittyKeepsTheNumberUntilAPictureSettles() {
        var screen = new FakeTerminal(100, 30);
        var display = PictureDisplay.of(terminal(GraphicsProtocol.KITTY), StandardStream.ERR, screen.output());
        display.show(TestPictures.plain(8, 8, 1));
        display.show(TestPictures.plain(8, 8, 2));
        display.settle();
        display.show(TestPictures.plain(8, 8, 3));
        var keys = screen.graphics.stream()
                .map(g -> g.sequence().substring(0, g.sequence().indexOf(';')))
                .toList();
        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
        assertThat(screen.graphics.get(2).line())
                .isGreaterThan(screen.graphics.get(0).line());
    }

    @Test
    void aSmallerPictureLeavesNothingOfTheLargerOne() {
        var screen = new FakeTerminal(100, 30);
        var display = PictureDisplay.of(terminal(GraphicsProtocol.BLOCKS), StandardStream.ERR, screen.output());
        display.show(TestPictures.plain(50, 40, 1));
        display.show(TestPictures.plain(40, 20, 2));
        assertThat(screen.text())
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).hasSize(40));
        assertThat(screen.cursorLine()).isEqualTo(10);
    }

    @Test
    void nothingIsWrittenWhereThereIsNoTerminal() {
        var screen = new FakeTerminal(100, 30);
        for (GraphicsProtocol graphics : GraphicsProtocol.values()) {
            var info = TerminalInfo.PLAIN.withGraphics(graphics);
            var display = PictureDisplay.of(info, StandardStream.ERR, screen.output());
            assertThat(display.isVisible()).isFalse();
            display.show(TestPictures.plain(8, 8, 1));
        }
        assertThat(screen.text()).isEmpty();
        assertThat(screen.graphics).isEmpty();
    }
}
