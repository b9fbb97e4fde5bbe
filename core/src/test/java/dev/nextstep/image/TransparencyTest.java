package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Transparency as a picture, which is how masks come. */
class TransparencyTest {

    private static byte[] png(int type, int[] argb) throws IOException {
        var image = new BufferedImage(argb.length, 1, type);
        for (int x = 0; x < argb.length; x++) {
            image.setRGB(x, 0, argb[x]);
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    @Test
    void isLightWhereNothingIsToBeSeen() throws IOException {
        var file = png(BufferedImage.TYPE_INT_ARGB, new int[] {0xFF102030, 0x00102030, 0x40FFFFFF});
        var transparency = new PictureReader().transparency(file, "mask").orElseThrow();
        assertThat(transparency.rgb(0, 0)).isEqualTo(0x000000);
        assertThat(transparency.rgb(1, 0)).isEqualTo(0xFFFFFF);
        assertThat(transparency.rgb(2, 0)).isEqualTo(0xBFBFBF);
    }

    @Test
    void isNotThereWithoutAnAlphaChannel() throws IOException {
        var file = png(BufferedImage.TYPE_INT_RGB, new int[] {0x102030});
        assertThat(new PictureReader().transparency(file, "mask")).isEmpty();
    }
}
