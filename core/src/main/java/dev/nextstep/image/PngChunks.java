package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Splits a PNG file into its chunks. A chunk that the file does not hold completely ends the list. */
final class PngChunks {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PngChunks() {}

    /**
     * One chunk.
     *
     * @param type four letters
     * @param data a view into the file
     * @param crcMatches whether the check sum fits
     */
    record Chunk(String type, ByteBuffer data, boolean crcMatches) {
        /** A chunk that a reader must understand; its type starts with a capital letter. */
        boolean critical() {
            return Character.isUpperCase(type.charAt(0));
        }

        byte[] bytes() {
            byte[] out = new byte[data.remaining()];
            data.duplicate().get(out);
            return out;
        }
    }

    static boolean isPng(byte[] file) {
        return file.length >= 8 && java.util.Arrays.equals(file, 0, 8, SIGNATURE, 0, 8);
    }

    /** The chunks up to IEND, or up to the place where the file breaks off. */
    static List<Chunk> of(byte[] file) {
        List<Chunk> out = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file);
        int at = SIGNATURE.length;
        while (at + 12L <= file.length) {
            long length = Integer.toUnsignedLong(in.getInt(at));
            if (at + 12L + length > file.length) {
                break;
            }
            int n = (int) length;
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 crc = new CRC32();
            crc.update(file, at + 4, 4 + n);
            boolean crcMatches = (int) crc.getValue() == in.getInt(at + 8 + n);
            out.add(new Chunk(type, in.slice(at + 8, n), crcMatches));
            if (type.equals("IEND")) {
                break;
            }
            at += 12 + n;
        }
        return out;
    }
}
