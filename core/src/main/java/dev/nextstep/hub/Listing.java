package dev.nextstep.hub;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks the hub which commit a revision is and which files it has. */
final class Listing {
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int MOST_PAGES = 1000;
    private static final int MOST_FILES = 100_000;
    private static final long LARGEST_FILE = 1L << 50;
    private static final Pattern NEXT_LINK = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");
    private static final Pattern CURSOR = Pattern.compile("[?&](cursor=[^&#]*)");

    private final PullSession session;
    private final HubHttp http;

    Listing(PullSession session, HubHttp http) {
        this.session = session;
        this.http = http;
    }

    private record Page(Object content, Optional<String> cursor) {}

    /** The commit that the revision stands for now. */
    String commit() {
        var reference = session.reference();
        if (reference.isCommit()) {
            return reference.revision();
        }
        var uri = http.address(
                "/api/models/%s/revision/%s".formatted(reference.repository(), encode(reference.revision())));
        var commit = HubJson.text(page(uri).content(), "sha").orElse("");
        if (!HubReference.isCommit(commit)) {
            throw malformed(uri, "'sha' is '%s', expected a commit of 40 hexadecimal digits".formatted(commit));
        }
        return commit;
    }

    /** All files of a commit. */
    List<RemoteFile> files(String commit) {
        var base = "/api/models/%s/tree/%s?recursive=true"
                .formatted(session.reference().repository(), commit);
        var files = new ArrayList<RemoteFile>();
        var known = new HashMap<String, RemoteFile>();
        var cursors = new HashSet<String>();
        var uri = http.address(base);
        while (true) {
            var page = page(uri);
            for (var entry : HubJson.list(HubHttp.shown(uri), page.content())) {
                if (HubJson.text(entry, "type").orElse("").equals("file")) {
                    var file = file(uri, entry);
                    var former = known.putIfAbsent(file.path(), file);
                    if (former == null) {
                        files.add(file);
                    } else if (!former.equals(file)) {
                        throw malformed(uri, "lists '%s' twice, with different contents".formatted(file.path()));
                    }
                }
            }
            if (files.size() > MOST_FILES) {
                throw malformed(uri, "lists more than " + MOST_FILES + " files");
            }
            if (page.cursor().isEmpty()) {
                return files;
            }
            // Only the cursor is taken from the link: a mirror may name another host, which must not get the token.
            var cursor = page.cursor().get();
            if (!cursors.add(cursor) || cursors.size() > MOST_PAGES) {
                throw malformed(uri, "the pages of the list do not end");
            }
            uri = http.address(base + "&" + cursor);
        }
    }

    private Page page(URI uri) {
        return Retries.run("list of files", session, () -> {
            try (var answer = http.get(uri, Map.of())) {
                http.expectSuccess(answer);
                var cursor = answer.header("Link").flatMap(Listing::next);
                return new Page(HubJson.parse(HubHttp.shown(uri), http.read(answer, LARGEST_ANSWER)), cursor);
            }
        });
    }

    private static Optional<String> next(String link) {
        var target = NEXT_LINK.matcher(link);
        if (!target.find()) {
            return Optional.empty();
        }
        var cursor = CURSOR.matcher(target.group(1));
        // Without a cursor we would ask for the same page for ever; the check for repeated cursors ends it.
        return Optional.of(cursor.find() && isQuery(cursor.group(1)) ? cursor.group(1) : "cursor=");
    }

    private static boolean isQuery(String text) {
        return text.matches("[A-Za-z0-9._~%=+/:!$'()*,;@-]*") && !text.matches(".*%(?![0-9A-Fa-f]{2}).*");
    }

    private static RemoteFile file(URI uri, Object entry) {
        var path = FileNames.check(HubJson.text(entry, "path").orElse(""));
        var large = HubJson.object(entry, "lfs");
        var hash = large.isPresent()
                ? ContentHash.of(
                        ContentHash.Kind.SHA_256,
                        HubJson.text(large.get(), "oid").orElse("").replaceFirst("^sha256:", ""))
                : ContentHash.of(
                        ContentHash.Kind.GIT_BLOB, HubJson.text(entry, "oid").orElse(""));
        long size = large.flatMap(lfs -> HubJson.number(lfs, "size"))
                .or(() -> HubJson.number(entry, "size"))
                .orElse(-1L);
        if (hash.isEmpty() || size < 0 || size > LARGEST_FILE) {
            throw malformed(uri, "lists '%s' without a usable size and checksum".formatted(path));
        }
        return new RemoteFile(path, size, hash.get());
    }

    private static HubException malformed(URI uri, String what) {
        return new HubException(
                HubException.Reason.SERVER,
                HubHttp.shown(uri) + ": " + HubException.quote(what) + "; check that HF_ENDPOINT is a hub");
    }

    /** A path component for an address. */
    static String encode(String component) {
        return URLEncoder.encode(component, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path for an address: its slashes stay. */
    static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }
}
