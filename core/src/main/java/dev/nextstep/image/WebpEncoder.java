package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lossless WebP: one VP8L chunk, with texts an extended header and an XMP chunk around it. */
final class WebpEncoder {
    private static final int HAS_XMP = 0x04;

    private WebpEncoder() {}

    static byte[] encode(Pixels pixels, Map<String, String> texts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        byte[] picture = WebpContainer.chunk("VP8L", Vp8lEncoder.encode(pixels));
        if (texts.isEmpty()) {
            body.writeBytes(picture);
        } else {
            body.writeBytes(WebpContainer.extendedHeader(HAS_XMP, pixels.width(), pixels.height()));
            body.writeBytes(picture);
            body.writeBytes(WebpContainer.chunk("XMP ", XmpPacket.of(texts)));
        }
        return WebpContainer.chunk("RIFF", body.toByteArray());
    }
}
