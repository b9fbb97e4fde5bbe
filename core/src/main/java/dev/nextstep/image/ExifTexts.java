package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The texts of an EXIF block (a TIFF structure), and a block that holds one comment. */
final class ExifTexts {
    /** The keyword whose text other tools look for in UserComment. */
    static final String PARAMETERS = "parameters";

    private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int CODE_BYTES = 8;
    private static final Map<Integer, String> FIELDS = Map.of(
            0x010E,
            "ImageDescription",
            0x010F,
            "Make",
            0x0110,
            "Model",
            0x0131,
            "Software",
            0x013B,
            "Artist",
            0x8298,
            "Copyright",
            USER_COMMENT,
            "UserComment");

    private final ByteBuffer tiff;
    private final List<PictureTexts.Entry> out = new ArrayList<>();

    private ExifTexts(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** A block with one UserComment in UTF-16, big-endian as the tools write it that look for it there. */
    static byte[] userComment(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        ByteBuffer block = ByteBuffer.allocate(8 + 18 + 18 + CODE_BYTES + utf16.length);
        block.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        directory(block, EXIF_DIRECTORY, 4, 1, 26);
        directory(block, USER_COMMENT, 7, CODE_BYTES + utf16.length, 44);
        return block.put("UNICODE\0".getBytes(StandardCharsets.ISO_8859_1))
                .put(utf16)
                .array();
    }

    /** A directory with one field, and none behind it. */
    private static void directory(ByteBuffer block, int tag, int type, int count, int value) {
        block.putShort((short) 1).putShort((short) tag).putShort((short) type);
        block.putInt(count).putInt(value).putInt(0);
    }

    /** The texts of a block, with or without the prefix that JPEG puts in front. */
    static List<PictureTexts.Entry> of(byte[] block) {
        boolean prefixed = block.length >= PREFIX.length && Arrays.equals(block, 0, PREFIX.length, PREFIX, 0, 6);
        int start = prefixed ? PREFIX.length : 0;
        ByteBuffer tiff = ByteBuffer.wrap(block, start, block.length - start).slice();
        if (tiff.limit() < 8) {
            return List.of();
        }
        if (tiff.get(0) == 'I' && tiff.get(1) == 'I') {
            tiff.order(ByteOrder.LITTLE_ENDIAN);
        } else if (tiff.get(0) != 'M' || tiff.get(1) != 'M') {
            return List.of();
        }
        if (tiff.getShort(2) != 42) {
            return List.of();
        }
        ExifTexts texts = new ExifTexts(tiff);
        long inner = texts.directory(Integer.toUnsignedLong(tiff.getInt(4)));
        // One level is all there is, so directories that point at each other lead nowhere.
        if (inner > 0) {
            texts.directory(inner);
        }
        return texts.out;
    }

    /** Takes the texts of a directory and returns where the inner directory is, 0 for nowhere. */
    private long directory(long at) {
        if (at + 2 > tiff.limit()) {
            return 0;
        }
        long inner = 0;
        int fields = Short.toUnsignedInt(tiff.getShort((int) at));
        // No field twice: their texts may overlap, and many names for one long text would make it many texts.
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < fields && at + 14 + 12L * i <= tiff.limit(); i++) {
            int field = (int) at + 2 + 12 * i;
            int tag = Short.toUnsignedInt(tiff.getShort(field));
            if (tag == EXIF_DIRECTORY) {
                inner = Integer.toUnsignedLong(tiff.getInt(field + 8));
            } else if (FIELDS.containsKey(tag) && !seen.contains(tag)) {
                seen.add(tag);
                text(tag, field);
            }
        }
        return inner;
    }

    private void text(int tag, int field) {
        int type = tiff.getShort(field + 2);
        long count = Integer.toUnsignedLong(tiff.getInt(field + 4));
        long from = count <= 4 ? field + 8 : Integer.toUnsignedLong(tiff.getInt(field + 8));
        boolean bytes = type == 1 || type == 2 || type == 7;
        if (!bytes || from + count > tiff.limit()) {
            return;
        }
        byte[] data = new byte[(int) count];
        tiff.get((int) from, data);
        String text = tag == USER_COMMENT ? comment(data) : plain(data);
        if (!text.isEmpty()) {
            out.add(new PictureTexts.Entry(PictureTexts.Source.EXIF, FIELDS.getOrDefault(tag, ""), text));
        }
    }

    /** A comment behind the eight bytes that name its character code. */
    private String comment(byte[] data) {
        if (data.length < CODE_BYTES) {
            return plain(data);
        }
        String code = new String(data, 0, CODE_BYTES, StandardCharsets.ISO_8859_1);
        byte[] text = Arrays.copyOfRange(data, CODE_BYTES, data.length);
        return switch (code) {
            case "UNICODE\0" -> withoutZeros(utf16(text));
            case "JIS\0\0\0\0\0" -> withoutZeros(new String(text, japanese(text)));
            case "ASCII\0\0\0", "\0\0\0\0\0\0\0\0" -> plain(text);
            // Not by the standard, but some tools leave the code out.
            default -> plain(data);
        };
    }

    /** UTF-8 where that fits, else Latin-1; zeros at the end belong to the format. */
    static String plain(byte[] data) {
        try {
            return withoutZeros(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString());
        } catch (CharacterCodingException e) {
            return withoutZeros(new String(data, StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * The standard wants the byte order of the block, but tools differ. A mark decides; without one the other order is taken
     * only if it makes a good part of the text ASCII, as settings are, and the block's own order does not.
     */
    private String utf16(byte[] text) {
        boolean big = tiff.order() == ByteOrder.BIG_ENDIAN;
        if (text.length >= 2 && text[0] == (byte) 0xFE && text[1] == (byte) 0xFF) {
            return new String(text, 2, text.length - 2, StandardCharsets.UTF_16BE);
        }
        if (text.length >= 2 && text[0] == (byte) 0xFF && text[1] == (byte) 0xFE) {
            return new String(text, 2, text.length - 2, StandardCharsets.UTF_16LE);
        }
        int asBig = 0;
        int asLittle = 0;
        for (int i = 0; i + 1 < text.length; i += 2) {
            asBig += text[i] == 0 && text[i + 1] > 0 ? 1 : 0;
            asLittle += text[i + 1] == 0 && text[i] > 0 ? 1 : 0;
        }
        int own = big ? asBig : asLittle;
        int other = big ? asLittle : asBig;
        boolean swap = other > 2 * own && other >= Math.max(3, text.length / 8);
        return new String(text, big == swap ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    }

    private static Charset japanese(byte[] text) {
        boolean escapes = new String(text, StandardCharsets.ISO_8859_1).indexOf(0x1B) >= 0;
        String name = escapes ? "ISO-2022-JP" : "Shift_JIS";
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }

    private static String withoutZeros(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
