package dev.nextstep.hub;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the hub says of a file before its content.
 *
 * @param etag name of the content in the cache
 * @param validator the {@code ETag} of the host that serves the content, if it is known and strong: what a continued
 *     download may be tied to
 */
record FileMetadata(URI uri, String etag, Optional<String> validator) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    /**
     * Asks the hub.
     *
     * @throws TransientFailure if it may answer later
     */
    static FileMetadata ask(PullSession session, HubHttp http, String commit, RemoteFile file) throws TransientFailure {
        var uri = http.address("/%s/resolve/%s/%s"
                .formatted(session.reference().repository(), commit, Listing.encodePath(file.path())));
        try (var answer = http.head(uri)) {
            http.expectSuccess(answer);
            var address = HubHttp.shown(uri);
            var served = answer.header("X-Repo-Commit").orElse(commit);
            if (!served.equals(commit)) {
                throw new TransientFailure(
                        HubException.Reason.SERVER,
                        "%s: the hub serves commit %s instead".formatted(address, HubException.quote(served)));
            }
            var etag = answer.linkedEtag()
                    .or(() -> answer.header("ETag"))
                    .map(FileMetadata::normalized)
                    .orElse("");
            if (!SAFE.matcher(etag).matches() || etag.endsWith(".incomplete")) {
                throw new HubException(
                        HubException.Reason.SERVER,
                        "%s: the ETag is '%s', which cannot name a file; check that HF_ENDPOINT is a hub"
                                .formatted(address, HubException.quote(etag)));
            }
            boolean direct = answer.status() == 200;
            var size = answer.linkedEtag().isPresent()
                            && answer.header("X-Linked-Size").isPresent()
                    ? answer.header("X-Linked-Size")
                    : answer.header("Content-Length").filter(length -> direct);
            if (size.isPresent() && !size.get().equals(Long.toString(file.size()))) {
                throw new TransientFailure(
                        HubException.Reason.INTEGRITY,
                        "%s: has %s bytes, but the list of files says %d"
                                .formatted(address, HubException.quote(size.get()), file.size()));
            }
            return new FileMetadata(uri, etag, direct ? strong(answer) : Optional.empty());
        }
    }

    /** An entity tag without quotes and weakness. */
    static String normalized(String etag) {
        return etag.strip().replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
    }

    /** The entity tag of an answer if it promises equal bytes. */
    static Optional<String> strong(HubHttp.Answer answer) {
        return answer.header("ETag").filter(etag -> etag.startsWith("\""));
    }
}
