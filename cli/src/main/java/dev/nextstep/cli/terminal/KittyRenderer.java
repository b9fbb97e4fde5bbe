package dev.nextstep.cli.terminal;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.util.Base64;

/**
 * The kitty graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): a PNG in base64, in pieces of at most 4096
 * characters, without answers from the terminal (q=2) and without moving the cursor (C=1). Sending a picture under a number
 * that is on the screen replaces it without flicker.
 */
public record KittyRenderer() implements PictureRenderer {
    private static final int PIECE = 4096;

    @Override
    public Frame render(Pixels pixels, TerminalSize size, int pictureId) {
        Pixels fitted = PictureFit.toPixels(pixels, size);
        int columns = PictureFit.columnsOf(fitted, size);
        int rows = PictureFit.rowsOf(fitted, size);
        // With known cells the picture keeps its own pixels; with assumed ones only a size in cells is surely right.
        String cells = size.cell().source() == CellSize.Source.MEASURED ? "" : ",c=" + columns + ",r=" + rows;
        String data = Base64.getEncoder()
                .encodeToString(PictureWriter.encode(fitted, PictureFormat.PNG, WriteOptions.DEFAULT));
        var drawing = new StringBuilder(data.length() + 64 * (data.length() / PIECE + 2));
        for (int from = 0; from < data.length(); from += PIECE) {
            int to = Math.min(data.length(), from + PIECE);
            drawing.append(Ansi.ESC).append("_G");
            if (from == 0) {
                drawing.append("a=T,f=100,t=d,i=")
                        .append(pictureId)
                        .append(",p=1,C=1")
                        .append(cells)
                        .append(',');
            }
            drawing.append("q=2,m=")
                    .append(to < data.length() ? 1 : 0)
                    .append(';')
                    .append(data, from, to)
                    .append(Ansi.ESC)
                    .append('\\');
        }
        return new Frame(Ansi.inRoomOf(rows, drawing.toString()), columns, rows);
    }
}
