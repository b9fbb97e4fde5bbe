package dev.nextstep.cli.terminal;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.util.Base64;

/** Inline images of iTerm2 (iterm2.com/documentation-images.html): one OSC 1337 sequence with a PNG, sized in cells. */
public record ItermRenderer() implements PictureRenderer {
    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        Pixels fitted = PictureFit.toPixels(pixels, size);
        int columns = PictureFit.columnsOf(fitted, size);
        int rows = PictureFit.rowsOf(fitted, size);
        byte[] png = PictureWriter.encode(fitted, PictureFormat.PNG, WriteOptions.DEFAULT);
        String drawing = Ansi.ESC + "]1337;File=inline=1;size=" + png.length + ";width=" + columns + ";height=" + rows
                + ";preserveAspectRatio=1:" + Base64.getEncoder().encodeToString(png) + "\u0007";
        return new Frame(Ansi.inRoomOf(rows, drawing), columns, rows);
    }
}
