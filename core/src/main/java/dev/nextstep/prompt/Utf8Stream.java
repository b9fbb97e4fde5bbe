package dev.nextstep.prompt;

/**
 * UTF-8 to text, byte by byte. Malformed bytes become U+FFFD, one for each longest beginning of a valid sequence, which
 * is what the reference's library does; the decoder of the JDK counts encoded surrogates differently.
 */
final class Utf8Stream {
    private final StringBuilder text = new StringBuilder();
    private int codePoint;
    private int missing;
    private int low = 0x80;
    private int high = 0xBF;

    void push(int unsignedByte) {
        if (missing > 0) {
            if (unsignedByte >= low && unsignedByte <= high) {
                codePoint = (codePoint << 6) | (unsignedByte & 0x3F);
                low = 0x80;
                high = 0xBF;
                if (--missing == 0) {
                    text.appendCodePoint(codePoint);
                }
                return;
            }
            flush();
        }
        if (unsignedByte < 0x80) {
            text.append((char) unsignedByte);
        } else if (unsignedByte >= 0xC2 && unsignedByte <= 0xDF) {
            begin(unsignedByte & 0x1F, 1, 0x80, 0xBF);
        } else if (unsignedByte >= 0xE0 && unsignedByte <= 0xEF) {
            begin(unsignedByte & 0x0F, 2, unsignedByte == 0xE0 ? 0xA0 : 0x80, unsignedByte == 0xED ? 0x9F : 0xBF);
        } else if (unsignedByte >= 0xF0 && unsignedByte <= 0xF4) {
            begin(unsignedByte & 0x07, 3, unsignedByte == 0xF0 ? 0x90 : 0x80, unsignedByte == 0xF4 ? 0x8F : 0xBF);
        } else {
            text.append('\uFFFD');
        }
    }

    private void begin(int bits, int continuationBytes, int lowest, int highest) {
        codePoint = bits;
        missing = continuationBytes;
        low = lowest;
        high = highest;
    }

    /** Gives up on a sequence that has begun. */
    void flush() {
        if (missing > 0) {
            text.append('\uFFFD');
            missing = 0;
            low = 0x80;
            high = 0xBF;
        }
    }

    /** The text that is complete since the last call. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
