package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Texts in the marker segments of a JPEG, read and written. An XMP packet that is too long for a segment goes into extended
 * XMP (XMP specification part 3, §1.1.3.1): a packet that is cut into pieces, and named by its MD5 in the main one.
 */
final class JpegMetadata {
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] EXTENSION =
            "http://ns.adobe.com/xmp/extension/\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int GUID = 32;
    private static final int MAX_SEGMENT = 65_533;
    private static final int PIECE = 65_000;

    private JpegMetadata() {}

    /** The segments that carry texts, to stand behind the JFIF header. */
    static byte[] segments(Map<String, String> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String parameters = texts.get(ExifTexts.PARAMETERS);
        if (parameters != null) {
            byte[] exif = ExifTexts.userComment(parameters);
            // One segment is all that EXIF has in a JPEG; a longer text is in the XMP packet alone.
            if (EXIF.length + exif.length <= MAX_SEGMENT) {
                segment(out, EXIF, exif);
            }
        }
        byte[] packet = XmpPacket.of(texts);
        if (XMP.length + packet.length <= MAX_SEGMENT) {
            segment(out, XMP, packet);
            return out.toByteArray();
        }
        String guid = md5(packet);
        segment(out, XMP, XmpPacket.pointingTo(guid));
        for (int from = 0; from < packet.length; from += PIECE) {
            byte[] piece = Arrays.copyOfRange(packet, from, Math.min(packet.length, from + PIECE));
            ByteBuffer head = ByteBuffer.allocate(EXTENSION.length + GUID + 8)
                    .put(EXTENSION)
                    .put(guid.getBytes(StandardCharsets.ISO_8859_1))
                    .putInt(packet.length)
                    .putInt(from);
            segment(out, head.array(), piece);
        }
        return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, byte[] head, byte[] data) {
        int length = 2 + head.length + data.length;
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
        out.writeBytes(head);
        out.writeBytes(data);
    }

    private static String md5(byte[] data) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(data);
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has MD5", e);
        }
    }

    static List<PictureTexts.Entry> texts(byte[] file) {
        List<PictureTexts.Entry> xmp = new ArrayList<>();
        List<PictureTexts.Entry> exif = new ArrayList<>();
        List<PictureTexts.Entry> comments = new ArrayList<>();
        Map<String, Extension> extensions = new TreeMap<>();
        String guid = "";
        int at = 2;
        while (at + 4 <= file.length && file[at] == (byte) 0xFF) {
            int marker = file[at + 1] & 255;
            if (marker == 0xFF) {
                at++; // padding
                continue;
            }
            int length = (file[at + 2] & 255) << 8 | (file[at + 3] & 255);
            int end = at + 2 + length;
            // Texts stand before the picture, and behind its start segments have no order to follow.
            if (marker == 0xDA || marker == 0xD9 || length < 2 || end > file.length) {
                break;
            }
            int from = at + 4;
            if (marker == 0xFE) {
                comments.add(new PictureTexts.Entry(
                        PictureTexts.Source.COMMENT, "comment", ExifTexts.plain(Arrays.copyOfRange(file, from, end))));
            } else if (marker == 0xE1 && startsWith(file, from, end, EXIF) && exif.isEmpty()) {
                exif.addAll(ExifTexts.of(Arrays.copyOfRange(file, from, end)));
            } else if (marker == 0xE1 && startsWith(file, from, end, XMP) && xmp.isEmpty() && guid.isEmpty()) {
                byte[] packet = Arrays.copyOfRange(file, from + XMP.length, end);
                xmp.addAll(XmpTexts.of(packet));
                guid = XmpTexts.extension(packet);
            } else if (marker == 0xE1 && startsWith(file, from, end, EXTENSION)) {
                Extension.take(extensions, file, from + EXTENSION.length, end);
            }
            at = end;
        }
        if (extensions.containsKey(guid)) {
            xmp.addAll(XmpTexts.of(extensions.get(guid).whole()));
        }
        xmp.addAll(exif);
        xmp.addAll(comments);
        return xmp;
    }

    private static boolean startsWith(byte[] file, int from, int end, byte[] prefix) {
        return end - from >= prefix.length && Arrays.equals(file, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** The pieces of one extended packet by their places in it. */
    private record Extension(long length, TreeMap<Long, byte[]> pieces) {
        static void take(Map<String, Extension> all, byte[] file, int from, int end) {
            if (end - from < GUID + 8) {
                return;
            }
            ByteBuffer in = ByteBuffer.wrap(file);
            String guid = new String(file, from, GUID, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(in.getInt(from + GUID));
            long place = Integer.toUnsignedLong(in.getInt(from + GUID + 4));
            all.computeIfAbsent(guid, g -> new Extension(length, new TreeMap<>()))
                    .pieces
                    .putIfAbsent(place, Arrays.copyOfRange(file, from + GUID + 8, end));
        }

        /** The packet; empty bytes if a piece is missing. Never longer than what stands in the file. */
        byte[] whole() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (var piece : pieces.entrySet()) {
                if (piece.getKey() != out.size()) {
                    return new byte[0];
                }
                out.writeBytes(piece.getValue());
            }
            return out.size() == length ? out.toByteArray() : new byte[0];
        }
    }
}
