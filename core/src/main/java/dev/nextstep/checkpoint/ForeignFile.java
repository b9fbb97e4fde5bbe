package dev.nextstep.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Recognises what people put in the place of weights by accident, so that the message can say what to do. */
final class ForeignFile {
    private static final int LOOK = 256;

    private ForeignFile() {}

    /** What the file is if it is none of the formats that its first bytes would have to announce. */
    static Optional<String> describe(MemorySegment file) {
        var head = new byte[(int) Math.min(LOOK, file.byteSize())];
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, 0, head, 0, head.length);
        var text = new String(head, StandardCharsets.ISO_8859_1);
        var lower = text.stripLeading().toLowerCase(Locale.ROOT);
        if (head.length == 0) {
            return Optional.of("the file is empty; download it again");
        } else if (text.startsWith("version https://git-lfs")) {
            return Optional.of("this is a Git LFS pointer, the real file was not downloaded; run 'git lfs pull'");
        } else if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
            return Optional.of("this is an HTML page, not weights; the download failed");
        } else if (text.startsWith("\u001f\u008b")) {
            return Optional.of("this is a gzip-compressed file; decompress it first");
        }
        return Optional.empty();
    }

    static boolean isZip(MemorySegment file) {
        return file.byteSize() >= 4
                && file.get(ValueLayout.JAVA_BYTE, 0) == 'P'
                && file.get(ValueLayout.JAVA_BYTE, 1) == 'K';
    }
}
