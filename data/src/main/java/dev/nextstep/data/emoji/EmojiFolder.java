package dev.nextstep.data.emoji;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/**
 * Places in a folder of rendered pictures: {@code pictures/STYLE/HEXCODE.png}, {@code catalog.json}, and
 * {@code rendering.json}, which says with what the pictures were made, and {@code THIRD-PARTY.md}, which says whose they are.
 *
 * @param root the folder
 */
record EmojiFolder(Path root) {
    private static final String NOTICE = "THIRD-PARTY.md";

    Path catalog() {
        return root.resolve("catalog.json");
    }

    Path rendering() {
        return root.resolve("rendering.json");
    }

    Path notice() {
        return root.resolve(NOTICE);
    }

    Path pictures(EmojiStyle style) {
        return root.resolve("pictures").resolve(style.word());
    }

    Path picture(EmojiStyle style, String hexcode) {
        return pictures(style).resolve(hexcode + ".png");
    }

    /** Puts a file in its place in one step. It is not forced to disk: a lost picture is rendered again. */
    static void write(Path target, byte[] content) throws IOException {
        var temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The attributions that go with the pictures. */
    static byte[] noticeText() throws IOException {
        try (var stream = Objects.requireNonNull(EmojiFolder.class.getResourceAsStream(NOTICE), NOTICE)) {
            return stream.readAllBytes();
        }
    }
}
