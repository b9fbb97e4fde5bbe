package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finds the orientation in EXIF data (a TIFF structure) or in an XMP packet. Damaged metadata counts as none. */
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

    private ExifOrientation() {}

    /** From the bytes of an EXIF block, with or without the "Exif" prefix that JPEG puts in front. */
    static OptionalInt inExif(byte[] block) {
        int start = startsWith(block, PREFIX) ? PREFIX.length : 0;
        ByteBuffer tiff = ByteBuffer.wrap(block, start, block.length - start).slice();
        if (tiff.limit() < 8) {
            return OptionalInt.empty();
        }
        if (tiff.get(0) == 'I' && tiff.get(1) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        } else if (tiff.get(0) != 'M' || tiff.get(1) != 'M') {
            return OptionalInt.empty();
        }
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (tiff.getShort(2) != 42 || directory + 2 > tiff.limit()) {
            return OptionalInt.empty();
        }
        int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + 12L * i;
            if (at + 12 > tiff.limit()) {
                break;
            }
            int entry = (int) at;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                return switch (tiff.getShort(entry + 2)) {
                    case 1, 6 -> OptionalInt.of(tiff.get(entry + 8));
                    case 3, 8 -> OptionalInt.of(tiff.getShort(entry + 8));
                    case 4, 9 -> OptionalInt.of(tiff.getInt(entry + 8));
                    default -> OptionalInt.empty();
                };
            }
        }
        return OptionalInt.empty();
    }

    /** From an XMP packet. */
    static OptionalInt inXmp(String packet) {
        var found = XMP.matcher(packet);
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }

    private static boolean startsWith(byte[] block, byte[] prefix) {
        return block.length >= prefix.length
                && java.util.Arrays.equals(block, 0, prefix.length, prefix, 0, prefix.length);
    }
}
