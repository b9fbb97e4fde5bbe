package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where pictures and captions stand. */
class ContactSheetTest {
    private static final int WHITE = 0xFFFFFF;

    @Test
    void picturesOfOneSizeStandOnAGrid() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            int count = 1 + random.nextInt(12);
            var layout = new SheetLayout(1 + random.nextInt(5), 1 + random.nextInt(3), random.nextInt(6), 12);
            int width = 1 + random.nextInt(20);
            int height = 1 + random.nextInt(20);
            List<SheetCell> cells = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                cells.add(SheetCell.of(TestPictures.noise(width, height, 100 * seed + i)));
            }
            Pixels sheet = ContactSheet.of(cells, layout);
            int columns = Math.min(count, layout.columns());
            int stepX = width * layout.scale() + layout.gap();
            int stepY = height * layout.scale() + layout.gap();
            int rows = Math.ceilDiv(count, columns);
            assertThat(sheet.width()).isEqualTo(columns * stepX + layout.gap());
            assertThat(sheet.height()).isEqualTo(rows * stepY + layout.gap());
            for (int y = 0; y < sheet.height(); y++) {
                for (int x = 0; x < sheet.width(); x++) {
                    int column = Math.floorDiv(x - layout.gap(), stepX);
                    int row = Math.floorDiv(y - layout.gap(), stepY);
                    int inX = Math.floorMod(x - layout.gap(), stepX) / layout.scale();
                    int inY = Math.floorMod(y - layout.gap(), stepY) / layout.scale();
                    int index = row * columns + column;
                    boolean inside =
                            column >= 0 && column < columns && row >= 0 && inX < width && inY < height && index < count;
                    int expected = inside ? cells.get(index).picture().rgb(inX, inY) : WHITE;
                    assertThat(sheet.rgb(x, y))
                            .as("seed %d, %d, %d", seed, x, y)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void smallerPicturesStandInTheMiddle() {
        Pixels sheet = ContactSheet.of(
                List.of(SheetCell.of(TestPictures.plain(10, 20, 1)), SheetCell.of(TestPictures.plain(4, 6, 2))),
                new SheetLayout(2, 1, 3, 12));
        assertThat(sheet.width()).isEqualTo(3 + 10 + 3 + 4 + 3);
        assertThat(sheet.height()).isEqualTo(26);
        assertThat(sheet.rgb(16, 10)).isEqualTo(2);
        assertThat(sheet.rgb(16, 9)).isEqualTo(WHITE);
        assertThat(sheet.rgb(19, 15)).isEqualTo(2);
        assertThat(sheet.rgb(19, 16)).isEqualTo(WHITE);
    }

    @Test
    void captionsStandBelowTheirPictures() {
        Pixels black = TestPictures.plain(60, 40, 0);
        var layout = new SheetLayout(2, 1, 4, 12);
        Pixels sheet = ContactSheet.of(
                List.of(
                        new SheetCell(black, "seed 7"),
                        SheetCell.of(black),
                        new SheetCell(black, "a very long caption that cannot fit")),
                layout);
        int strip = 12 + 6 + 2;
        assertThat(sheet.height()).isEqualTo(4 + 40 + strip + 4 + 40 + strip + 4);
        assertThat(ink(sheet, 4, 44, 60, strip)).isPositive();
        assertThat(ink(sheet, 68, 44, 60, strip)).isZero();
        assertThat(ink(sheet, 4, 108, 60, strip)).isPositive();
        assertThat(ink(sheet, 64, 0, 4, sheet.height()))
                .as("captions stay in their columns")
                .isZero();
        assertThat(sheet)
                .isEqualTo(ContactSheet.of(
                        List.of(
                                new SheetCell(black, "seed 7"),
                                SheetCell.of(black),
                                new SheetCell(black, "a very long caption that cannot fit")),
                        layout));
    }

    @Test
    void withoutFontsCaptionsAreWrittenDotByDot() {
        var builtIn = new Captions.BuiltIn(BuiltInFont.load());
        Pixels black = TestPictures.plain(60, 40, 0);
        var layout = new SheetLayout(2, 1, 4, 12);
        var cells = List.of(
                new SheetCell(black, "Ill"),
                SheetCell.of(black),
                new SheetCell(black, "a very long caption that cannot fit"));
        Pixels sheet = ContactSheet.of(cells, layout, builtIn);
        int strip = 12 + 6 + 2;
        assertThat(sheet.height()).isEqualTo(4 + 40 + strip + 4 + 40 + strip + 4);
        // I: 3 + 5 + 3 dots, l: 2 + 5 + 3
        assertThat(ink(sheet, 4, 44, 60, strip)).isEqualTo(11 + 10 + 10);
        assertThat(ink(sheet, 68, 44, 60, strip)).isZero();
        assertThat(ink(sheet, 4, 108, 60, strip)).isGreaterThan(50);
        assertThat(ink(sheet, 64, 0, 4, sheet.height()))
                .as("captions stay in their columns")
                .isZero();
        for (int fontSize : new int[] {6, 9, 18, 200}) {
            int height = fontSize + fontSize / 2 + 2;
            assertThat(ink(builtIn.strip("gpq", 1000, height, fontSize), 0, 0, 1000, height))
                    .isPositive();
        }
        assertThat(builtIn.strip("anything", 3, 20, 12)).isEqualTo(TestPictures.plain(3, 20, WHITE));
    }

    @Test
    void theBuiltInFontWritesAllOfAscii() {
        var font = BuiltInFont.load();
        for (char c = '!'; c <= '~'; c++) {
            var dots = new int[1];
            font.draw(String.valueOf(c), (x, y) -> {
                assertThat(x).isBetween(0, 4);
                assertThat(y).isBetween(0, 8);
                dots[0]++;
            });
            assertThat(font.plain(String.valueOf(c))).isEqualTo(String.valueOf(c));
            assertThat(dots[0]).as("%c", c).isPositive();
        }
        assertThat(font.plain("Ça, é · 猫…")).isEqualTo("Ca, e · \uFFFD...");
    }

    private static int ink(Pixels sheet, int left, int top, int width, int height) {
        int out = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                out += sheet.rgb(x, y) == WHITE ? 0 : 1;
            }
        }
        return out;
    }

    @Test
    void theUsualLayoutIsAboutSquare() {
        assertThat(SheetLayout.square(1).columns()).isEqualTo(1);
        assertThat(SheetLayout.square(9).columns()).isEqualTo(3);
        assertThat(SheetLayout.square(10).columns()).isEqualTo(4);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> ContactSheet.of(List.of(), SheetLayout.square(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SheetLayout(0, 1, 0, 12)).hasMessage("columns must be in 1..1000, got 0");
        Pixels picture = TestPictures.plain(1000, 1000, 0);
        assertThatThrownBy(() -> ContactSheet.of(
                        List.of(SheetCell.of(picture)), SheetLayout.square(1).withScale(64)))
                .hasMessageContaining("64016 x 64016")
                .hasMessageContaining("smaller scale");
    }
}
