package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.PictureRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it stands in the database.
 *
 * @param id its name, which nobody can guess
 * @param owner whose it is
 * @param origin how it came
 * @param state how far it is
 * @param priority 0 to 9; of its owner's jobs the one with the higher number comes first
 * @param version grows with each change
 * @param stateVersion version in which the state changed last
 * @param request what is asked for
 * @param frontWorker the server that a client waits at, with whom the job ends; empty if it is kept
 * @param clientUser the end user that the client named
 * @param tokens what it reads and draws
 * @param error why it failed
 * @param created when it was accepted
 * @param started when its first picture was begun
 * @param finished when its last picture was done
 * @param deadline when it fails if it is not done
 */
public record Job(
        String id,
        String owner,
        JobOrigin origin,
        JobState state,
        int priority,
        long version,
        long stateVersion,
        PictureRequest request,
        Optional<String> frontWorker,
        Optional<String> clientUser,
        TokenCounts tokens,
        Optional<JobError> error,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<Instant> deadline) {

    /** Whether somebody may ask for it when its client is gone. */
    public boolean isKept() {
        return frontWorker.isEmpty();
    }
}
