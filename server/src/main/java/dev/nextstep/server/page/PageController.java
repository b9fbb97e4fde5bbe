package dev.nextstep.server.page;

import dev.nextstep.server.access.OpenToAll;
import dev.nextstep.server.http.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * The page at {@code /}. Its files lie in memory and nothing else can be asked for by these paths. A browser asks each time
 * whether a file is still the same, so a page never mixes two versions of the program.
 */
@OpenToAll
@RestController
public final class PageController {
    /** Where the page's own files are. */
    public static final String FOLDER = "/page/";

    /** Scripts, styles and pictures come from here only; pictures also from what the page has fetched itself. */
    public static final String POLICY =
            "default-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; object-src 'none'";

    private static final String INDEX = "index.html";

    /** All files, so that nothing is served by accident. */
    static final List<String> FILES = List.of(
            "api.js",
            "app.js",
            "base.css",
            "compare.js",
            "composer.js",
            "dialogs.css",
            "events.js",
            "gallery.js",
            "icon.svg",
            INDEX,
            "key.js",
            "layout.css",
            "mask.js",
            "page.js",
            "pictures.js",
            "plot.js",
            "queue.js",
            "settings.js",
            "source.js",
            "stage.js",
            "workflow.js");

    private final Map<String, PageFile> files = new LinkedHashMap<>();

    /** Reads the files. */
    public PageController() {
        for (var name : FILES) {
            files.put(name, PageFile.read(name));
        }
    }

    /** The page. */
    @GetMapping("/")
    public ResponseEntity<byte[]> index(HttpServletRequest request) {
        return file(INDEX, request);
    }

    /** What it needs. */
    @GetMapping(FOLDER + "{name}")
    public ResponseEntity<byte[]> part(@PathVariable("name") String name, HttpServletRequest request) {
        return file(name, request);
    }

    private ResponseEntity<byte[]> file(String name, HttpServletRequest request) {
        var file = files.get(name);
        if (file == null) {
            throw ApiException.notFound("file", name);
        }
        boolean isKnown = new ServletWebRequest(request).checkNotModified(file.etag());
        return ResponseEntity.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(file.etag())
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", POLICY)
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .body(isKnown ? new byte[0] : file.content());
    }
}
