package dev.nextstep.fuzz;

import dev.nextstep.image.PictureFormat;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Decoding a PNG whose check sums are put right first: the fuzzer cannot guess them, and would be turned away by them. */
final class PngFuzz extends PictureFuzz {
    PngFuzz() {
        super("png", PictureFormat.PNG);
    }

    @Override
    public void read(byte[] input) {
        super.read(withCheckSums(input));
    }

    static byte[] withCheckSums(byte[] input) {
        byte[] file = input.clone();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = 8;
        while (at + 12L <= file.length) {
            long length = Integer.toUnsignedLong(bytes.getInt(at));
            if (at + 12L + length > file.length) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, 4 + (int) length);
            bytes.putInt(at + 8 + (int) length, (int) crc.getValue());
            at += 12 + (int) length;
        }
        return file;
    }
}
