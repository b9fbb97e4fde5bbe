package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lossless WebP: one VP8L chunk, with texts an extended header and chunks for XMP and EXIF around it. */
final class WebpEncoder {
    private static final int HAS_XMP = 0x04;
    private static final int HAS_EXIF = 0x08;

    private WebpEncoder() {}

    static byte[] encode(Pixels pixels, Map<String, String> texts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        byte[] picture = WebpContainer.chunk("VP8L", Vp8lEncoder.encode(pixels));
        if (texts.isEmpty()) {
            body.writeBytes(picture);
        } else {
            String parameters = texts.get(ExifTexts.PARAMETERS);
            int flags = parameters == null ? HAS_XMP : HAS_XMP | HAS_EXIF;
            body.writeBytes(WebpContainer.extendedHeader(flags, pixels.width(), pixels.height()));
            body.writeBytes(picture);
            if (parameters != null) {
                body.writeBytes(WebpContainer.chunk("EXIF", ExifTexts.userComment(parameters)));
            }
            body.writeBytes(WebpContainer.chunk("XMP ", XmpPacket.of(texts)));
        }
        return WebpContainer.chunk("RIFF", body.toByteArray());
    }
}
