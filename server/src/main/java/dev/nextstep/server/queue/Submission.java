package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.PictureRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that somebody wants to be accepted.
 *
 * @param owner whose it is
 * @param origin how it came
 * @param priority 0 to 9, among the owner's jobs
 * @param request what is asked for; the size of an edit may be open
 * @param clientUser the end user that the client named
 * @param repeatKey set if the client may send it again and wants the same job then
 * @param deadline when it fails if it is not done
 */
public record Submission(
        String owner,
        JobOrigin origin,
        int priority,
        PictureRequest request,
        Optional<String> clientUser,
        Optional<RepeatKey> repeatKey,
        Optional<Instant> deadline) {

    /**
     * What a client marks a request with that it may send again.
     *
     * @param key the client's name for it
     * @param fingerprint hash of what was asked for, as it was asked for
     */
    public record RepeatKey(String key, String fingerprint) {}
}
