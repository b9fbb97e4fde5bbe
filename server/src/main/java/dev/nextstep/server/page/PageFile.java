package dev.nextstep.server.page;

import dev.nextstep.server.store.FolderStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the page.
 *
 * @param mediaType of the file
 * @param content its bytes
 * @param etag its hash, in quotes
 */
record PageFile(String mediaType, byte[] content, String etag) {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");

    /** Reads a file out of the program's own resources. */
    static PageFile read(String name) {
        try (var in = PageFile.class.getResourceAsStream("/static/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not in this build: static/" + name);
            }
            var content = in.readAllBytes();
            var ending = name.substring(name.lastIndexOf('.') + 1);
            var mediaType = Optional.ofNullable(MEDIA_TYPES.get(ending))
                    .orElseThrow(() -> new IllegalStateException("what is a '%s' file?".formatted(ending)));
            return new PageFile(mediaType, content, '"' + FolderStore.sha256(content) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
