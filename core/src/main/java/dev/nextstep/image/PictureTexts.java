package dev.nextstep.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts that a picture carries: PNG text chunks, EXIF fields, XMP packets and JPEG comments, in that order of trust.
 * Metadata that is damaged is left out, whatever it is; the other texts still come.
 *
 * @param entries in the order of the file within each source; a keyword may occur more than once
 */
public record PictureTexts(List<Entry> entries) {
    /** Where a text stood. */
    public enum Source {
        /** Chunks tEXt, zTXt and iTXt. */
        PNG_CHUNK,
        /** Texts that this library wrote, or known properties of other tools. */
        XMP,
        /** Field of an EXIF block. */
        EXIF,
        /** JPEG's segment COM. */
        COMMENT
    }

    /**
     * One text.
     *
     * @param keyword of a PNG chunk or of our XMP; otherwise the field's own name: {@code UserComment},
     *     {@code ImageDescription}, {@code Make}, {@code Model}, {@code Software}, {@code Artist}, {@code Copyright},
     *     {@code dc:description}; {@code comment} for a JPEG comment
     */
    public record Entry(Source source, String keyword, String text) {}

    public PictureTexts {
        entries = List.copyOf(entries);
    }

    /** The first text with this keyword, PNG chunks and XMP before the rest. */
    public Optional<String> find(String keyword) {
        return entries.stream()
                .filter(e -> e.keyword().equals(keyword))
                .map(Entry::text)
                .findFirst();
    }

    /**
     * The texts of a file; none if its kind is not PNG, JPEG or WebP.
     *
     * @throws PictureException if the file cannot be read
     */
    public static PictureTexts read(Path file) {
        try {
            return read(FileBytes.read(file));
        } catch (IOException e) {
            throw new PictureException("cannot read picture " + file + ": " + FileBytes.reason(e), e);
        } catch (BadPicture e) {
            throw new PictureException("cannot read picture " + file + ": " + e.getMessage(), e);
        }
    }

    /** The texts of a file in memory; none if its kind is not PNG, JPEG or WebP. */
    public static PictureTexts read(byte[] file) {
        List<Entry> out = new ArrayList<>();
        if (PngChunks.isPng(file)) {
            for (PngText.Entry entry : PngText.read(file)) {
                out.add(new Entry(Source.PNG_CHUNK, entry.keyword(), entry.text()));
            }
            for (PngChunks.Chunk chunk : PngChunks.of(file)) {
                if (chunk.type().equals("eXIf")) {
                    out.addAll(ExifTexts.of(chunk.bytes()));
                }
            }
        } else if (WebpContainer.isWebp(file)) {
            out.addAll(WebpMetadata.texts(file));
        } else if (file.length > 3 && file[0] == (byte) 0xFF && file[1] == (byte) 0xD8) {
            out.addAll(JpegMetadata.texts(file));
        }
        return new PictureTexts(out);
    }
}
