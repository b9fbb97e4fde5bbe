package dev.nextstep.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts in a PNG file: chunks tEXt, zTXt and iTXt in the order of the file, before and behind the picture data. A text
 * that is damaged beyond reading, or that inflates to more than the limit, is left out; the others still come.
 */
public final class PngText {
    /** Largest text after inflating, in bytes. */
    public static final int DEFAULT_LIMIT = 8 << 20;

    private PngText() {}

    /** The kinds of text chunks. */
    public enum Kind {
        /** Latin-1, plain. */
        TEXT("tEXt"),
        /** Latin-1, compressed. */
        ZTXT("zTXt"),
        /** UTF-8, plain or compressed, with language and translated keyword. */
        ITXT("iTXt");

        private final String chunkType;

        Kind(String chunkType) {
            this.chunkType = chunkType;
        }

        /** The four letters in the file. */
        public String chunkType() {
            return chunkType;
        }
    }

    /**
     * One text.
     *
     * @param keyword 1 to 79 characters; may occur more than once in a file
     * @param compressed whether the chunk's text is compressed
     * @param language language tag, iTXt only, otherwise empty
     * @param translatedKeyword iTXt only, otherwise empty
     * @param intact whether the chunk's check sum fits; a text with a wrong one may be garbled
     */
    public record Entry(
            Kind kind,
            String keyword,
            String text,
            boolean compressed,
            String language,
            String translatedKeyword,
            boolean intact) {}

    /**
     * The texts of a file.
     *
     * @throws PictureException if the file cannot be read or is no PNG
     */
    public static List<Entry> read(Path file) {
        byte[] bytes;
        try {
            bytes = FileBytes.read(file);
        } catch (IOException e) {
            throw new PictureException("cannot read picture " + file + ": " + FileBytes.reason(e), e);
        } catch (BadPicture e) {
            throw new PictureException("cannot read picture " + file + ": " + e.getMessage(), e);
        }
        if (!PngChunks.isPng(bytes)) {
            throw new PictureException("cannot read texts of " + file + ": it is no PNG file");
        }
        return entries(bytes, DEFAULT_LIMIT);
    }

    /** The texts of a PNG file in memory; nothing if it is no PNG. */
    public static List<Entry> read(byte[] png) {
        return PngChunks.isPng(png) ? entries(png, DEFAULT_LIMIT) : List.of();
    }

    static List<Entry> entries(byte[] png, int limit) {
        List<Entry> out = new ArrayList<>();
        // All texts of a file together stay below the limit, so that many small bombs do no more than one.
        int left = limit;
        for (PngChunks.Chunk chunk : PngChunks.of(png)) {
            Optional<Entry> entry = parse(chunk, left);
            if (entry.isPresent()) {
                out.add(entry.get());
                left = Math.max(0, left - entry.get().text().length());
            }
        }
        return out;
    }

    private static Optional<Entry> parse(PngChunks.Chunk chunk, int limit) {
        for (Kind kind : Kind.values()) {
            if (kind.chunkType.equals(chunk.type())) {
                byte[] data = chunk.bytes();
                int end = zero(data, 0);
                if (end < 1 || end > 79) {
                    return Optional.empty();
                }
                String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
                try {
                    return switch (kind) {
                        case TEXT -> Optional.of(latin(kind, keyword, data, end + 1, chunk));
                        case ZTXT -> compressedLatin(keyword, data, end + 1, limit, chunk);
                        case ITXT -> international(keyword, data, end + 1, limit, chunk);
                    };
                } catch (BadPicture damaged) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Entry latin(Kind kind, String keyword, byte[] data, int from, PngChunks.Chunk chunk) {
        String text = new String(data, from, data.length - from, StandardCharsets.ISO_8859_1);
        return new Entry(kind, keyword, text, false, "", "", chunk.crcMatches());
    }

    private static Optional<Entry> compressedLatin(
            String keyword, byte[] data, int from, int limit, PngChunks.Chunk chunk) throws BadPicture {
        if (from >= data.length || data[from] != 0) {
            return Optional.empty();
        }
        String text = new String(Inflate.upTo(data, from + 1, limit), StandardCharsets.ISO_8859_1);
        return Optional.of(new Entry(Kind.ZTXT, keyword, text, true, "", "", chunk.crcMatches()));
    }

    private static Optional<Entry> international(
            String keyword, byte[] data, int from, int limit, PngChunks.Chunk chunk) throws BadPicture {
        if (from + 2 > data.length) {
            return Optional.empty();
        }
        boolean compressed = data[from] != 0;
        int languageEnd = zero(data, from + 2);
        int translatedEnd = languageEnd < 0 ? -1 : zero(data, languageEnd + 1);
        if (translatedEnd < 0 || (compressed && data[from + 1] != 0)) {
            return Optional.empty();
        }
        int start = translatedEnd + 1;
        byte[] text =
                compressed ? Inflate.upTo(data, start, limit) : java.util.Arrays.copyOfRange(data, start, data.length);
        return Optional.of(new Entry(
                Kind.ITXT,
                keyword,
                new String(text, StandardCharsets.UTF_8),
                compressed,
                new String(data, from + 2, languageEnd - from - 2, StandardCharsets.UTF_8),
                new String(data, languageEnd + 1, translatedEnd - languageEnd - 1, StandardCharsets.UTF_8),
                chunk.crcMatches()));
    }

    private static int zero(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
