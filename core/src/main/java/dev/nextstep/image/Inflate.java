package dev.nextstep.image;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflating with a bound, so that a small file cannot ask for much memory. */
final class Inflate {
    private Inflate() {}

    /**
     * Inflates a zlib stream of at most so many bytes; memory grows with what really comes out.
     *
     * @throws BadPicture if the stream is damaged, breaks off, or holds more
     */
    static byte[] upTo(byte[] compressed, int from, int limit) throws BadPicture {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed, from, compressed.length - from);
            byte[] out = new byte[(int) Math.min(limit, 4L * compressed.length + 64)];
            int size = 0;
            while (!inflater.finished()) {
                if (size == out.length) {
                    if (size == limit) {
                        if (inflater.inflate(new byte[1]) > 0) {
                            throw new BadPicture("compressed data holds more than " + limit + " bytes");
                        }
                        if (!inflater.finished()) {
                            throw new BadPicture("compressed data breaks off");
                        }
                        break;
                    }
                    out = Arrays.copyOf(out, (int) Math.min(limit, 2L * size + 64));
                }
                int n = inflater.inflate(out, size, out.length - size);
                size += n;
                if (n == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new BadPicture("compressed data breaks off");
                }
            }
            return Arrays.copyOf(out, size);
        } catch (DataFormatException e) {
            throw new BadPicture("compressed data is damaged: " + e.getMessage());
        }
    }
}
