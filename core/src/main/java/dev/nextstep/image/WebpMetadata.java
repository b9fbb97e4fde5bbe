package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts in a WebP file, even in one whose picture cannot be decoded. */
final class WebpMetadata {
    private WebpMetadata() {}

    static List<PictureTexts.Entry> texts(byte[] file) {
        List<PictureTexts.Entry> xmp = new ArrayList<>();
        List<PictureTexts.Entry> exif = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 12; at + 8 <= file.length; ) {
            String type = new String(file, (int) at, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(in.getInt((int) at + 4));
            long end = at + 8 + length;
            if (end > file.length) {
                break;
            }
            if (type.equals("XMP ") && xmp.isEmpty()) {
                xmp.addAll(XmpTexts.of(Arrays.copyOfRange(file, (int) at + 8, (int) end)));
            } else if (type.equals("EXIF") && exif.isEmpty()) {
                exif.addAll(ExifTexts.of(Arrays.copyOfRange(file, (int) at + 8, (int) end)));
            }
            at = end + length % 2;
        }
        xmp.addAll(exif);
        return xmp;
    }
}
