package dev.nextstep.server.images;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Texts;
import dev.nextstep.server.queue.Submission;
import dev.nextstep.server.store.FolderStore;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Requests that a client may send again, and wants to be answered as the first time. */
public final class Repeat {
    /** Name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private Repeat() {}

    /**
     * What the client marked the request with.
     *
     * @param asked the parameters as they were given, whatever their order, and hashes of files
     * @throws ApiException if it is not a key
     */
    public static Optional<Submission.RepeatKey> of(HttpServletRequest request, Map<String, ?> asked) {
        var key = request.getHeader(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiException.invalid(
                    HEADER,
                    "%s must have 1 to 255 visible ASCII characters, not '%s'".formatted(HEADER, Texts.shown(key)));
        }
        var all = new TreeMap<String, Object>(asked);
        all.put("", request.getRequestURI());
        var canonical = Json.MAPPER.writeValueAsString(all);
        return Optional.of(
                new Submission.RepeatKey(key, FolderStore.sha256(canonical.getBytes(StandardCharsets.UTF_8))));
    }
}
