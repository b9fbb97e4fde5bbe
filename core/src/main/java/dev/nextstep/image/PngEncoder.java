package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * 8-bit RGB PNG. Each row takes the filter with the smallest sum of absolute differences. Texts stand before the picture:
 * tEXt where Latin-1 suffices, else iTXt; long ones compressed.
 */
final class PngEncoder {
    private static final int LONG_TEXT = 1024;

    private PngEncoder() {}

    static byte[] encode(Pixels pixels, Map<String, String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PngChunks.SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(pixels.width()).putInt(pixels.height());
        header.put((byte) 8).put((byte) 2);
        chunk(out, "IHDR", header.array());
        texts.forEach((keyword, text) -> text(out, keyword, text));
        chunk(out, "IDAT", picture(pixels));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String keyword, String text) {
        boolean latin = text.chars().allMatch(c -> c >= 1 && c <= 255);
        byte[] body = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        boolean compress = body.length > LONG_TEXT;
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        data.write(0);
        if (!latin) {
            // compressed?, method, empty language, empty translated keyword
            data.writeBytes(new byte[] {(byte) (compress ? 1 : 0), 0, 0, 0});
        } else if (compress) {
            data.write(0);
        }
        data.writeBytes(compress ? deflate(body) : body);
        chunk(out, latin ? compress ? "zTXt" : "tEXt" : "iTXt", data.toByteArray());
    }

    private static byte[] deflate(byte[] data) {
        try (Deflater deflater = new Deflater(9)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            deflater.setInput(data);
            deflater.finish();
            drain(deflater, out, new byte[8192]);
            return out.toByteArray();
        }
    }

    private static byte[] picture(Pixels pixels) {
        int rowBytes = 3 * pixels.width();
        byte[] line = new byte[1 + rowBytes];
        byte[] above = new byte[1 + rowBytes];
        byte[] best = new byte[1 + rowBytes];
        byte[] candidate = new byte[1 + rowBytes];
        byte[] buffer = new byte[1 << 16];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(6)) {
            deflater.setStrategy(Deflater.FILTERED);
            for (int y = 0; y < pixels.height(); y++) {
                System.arraycopy(pixels.bytes(), y * rowBytes, line, 1, rowBytes);
                long bestSum = Long.MAX_VALUE;
                for (int type = 0; type < PngFilter.TYPES; type++) {
                    long sum = PngFilter.apply(type, line, above, candidate, 3);
                    if (sum < bestSum) {
                        bestSum = sum;
                        byte[] swap = best;
                        best = candidate;
                        candidate = swap;
                    }
                }
                deflater.setInput(best);
                drain(deflater, out, buffer);
                byte[] swap = above;
                above = line;
                line = swap;
            }
            deflater.finish();
            drain(deflater, out, buffer);
        }
        return out.toByteArray();
    }

    /** Takes out what is there; a deflater keeps its input array until it asks for more. */
    private static void drain(Deflater deflater, ByteArrayOutputStream out, byte[] buffer) {
        while (!deflater.finished()) {
            int n = deflater.deflate(buffer);
            out.write(buffer, 0, n);
            if (n == 0 && deflater.needsInput()) {
                return;
            }
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
