package dev.nextstep.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes in memory for an ImageIO reader. Behind the end it answers "end" a few times, which look-ahead needs, and then
 * fails: the WebP decoder would otherwise go on filling a large picture with nothing, one caught exception per bit.
 */
final class FiniteStream extends ImageInputStreamImpl {
    private static final int LOOK_AHEAD = 64;

    private final byte[] bytes;
    private int readsBehindEnd;

    FiniteStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            countEnd();
            return -1;
        }
        return bytes[(int) streamPos++] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            countEnd();
            return -1;
        }
        int n = Math.min(length, bytes.length - (int) streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, n);
        streamPos += n;
        return n;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    private void countEnd() throws IOException {
        if (++readsBehindEnd > LOOK_AHEAD) {
            throw new IOException("picture data ends too early");
        }
    }
}
