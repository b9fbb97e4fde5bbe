package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.image.Pixels;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecolouringTest {
    private static final int SIDE = 16;
    private static final int INK = 0x212121;

    /** A square of one colour with a grey outline on white. */
    private static Pixels square(int rgb) {
        var bytes = new byte[SIDE * SIDE * 3];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int border = Math.min(Math.min(x, SIDE - 1 - x), Math.min(y, SIDE - 1 - y));
                int colour = border == 0 ? 0xffffff : border == 1 ? INK : rgb;
                for (int c = 0; c < 3; c++) {
                    bytes[3 * (y * SIDE + x) + c] = (byte) (colour >> (16 - 8 * c));
                }
            }
        }
        return Pixels.of(SIDE, SIDE, bytes);
    }

    @Test
    void whatIsPaintedHasTheColourThatWasAskedFor() {
        for (var from :
                Arrays.stream(ColourName.values()).filter(Recolouring::knows).toList()) {
            int plain = switch (from) {
                case RED -> 0xdd2e44;
                case ORANGE -> 0xf79329;
                case YELLOW -> 0xfcea2b;
                case GREEN -> 0x43a047;
                case BLUE -> 0x3b88c3;
                case PURPLE -> 0x8e24aa;
                case PINK -> 0xf48fb1;
                case BROWN, BLACK, GREY -> throw new AssertionError(from);
            };
            for (var to : Arrays.stream(ColourName.values())
                    .filter(Recolouring::knows)
                    .toList()) {
                var painted = Recolouring.paint(square(plain), from, to);
                int rgb = painted.rgb(SIDE / 2, SIDE / 2);
                double distance = hueDistance(rgb, to);
                assertThat(distance).as("%s to %s: %06x", from, to, rgb).isLessThan(20);
                assertThat(painted.rgb(0, 0)).isEqualTo(0xffffff);
                assertThat(painted.rgb(1, 1)).isEqualTo(INK);
            }
        }
    }

    /** Degrees between a colour's hue and the middle of a name's. */
    private static double hueDistance(int rgb, ColourName name) {
        double middle = switch (name) {
            case RED -> 358;
            case ORANGE -> 28;
            case YELLOW -> 50;
            case GREEN -> 120;
            case BLUE -> 213;
            case PURPLE -> 276;
            case PINK -> 332;
            case BROWN, BLACK, GREY -> throw new AssertionError(name);
        };
        double[] c = {(rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0};
        double most = Arrays.stream(c).max().orElseThrow();
        double chroma = most - Arrays.stream(c).min().orElseThrow();
        double difference = Math.abs(ColourName.hue(c[0], c[1], c[2], most, chroma) - middle);
        return Math.min(difference, 360 - difference);
    }

    @Test
    void onlyPicturesOfOneColourArePainted() {
        var pictures = EmojiFixture.pictures(EmojiFixture.catalog());
        var coloured = pictures.stream()
                .filter(p ->
                        p.colour().isPresent() && Recolouring.knows(p.colour().get()))
                .filter(p -> p.glyph().form() == GlyphForm.BASE)
                .count();
        var pairs = new EditPairs(pictures).of(EditKind.PAINT).toList();
        assertThat(pairs).hasSize((int) (6 * coloured));
        assertThat(pairs.stream().map(EditPair::key)).doesNotHaveDuplicates();
        assertThat(pairs)
                .allSatisfy(
                        pair -> assertThat(EditInstructions.of(pair).getFirst().text())
                                .isEqualTo("make it "
                                        + Optional.of(pair)
                                                .flatMap(EditPair::paint)
                                                .orElseThrow()
                                                .word()));
    }
}
