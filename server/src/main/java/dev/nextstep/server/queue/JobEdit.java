package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.ArtifactWarning;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.RowStatistics;
import dev.nextstep.server.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes of one job within a transaction that holds its row, so that nobody else changes the job or its pictures at the same
 * time. Each change gets a version. Changes of a picture that is being drawn need its claim: if that has ended, nothing is
 * changed and false is returned.
 */
final class JobEdit {
    private static final String OF_CLAIM =
            " WHERE job_id = :job AND picture_index = :index AND worker = :worker AND attempts = :attempt"
                    + " AND state = 'running'";

    private static final String FIRST_ERROR = " FROM picture WHERE job_id = :job AND error_code IS NOT NULL"
            + " ORDER BY picture_index FETCH FIRST 1 ROWS ONLY";

    private final JdbcClient jdbc;
    private final String jobId;
    private final List<JobChange> changes = new ArrayList<>();
    private final boolean isKept;
    private final long versionBefore;
    private long version;
    private JobState state;

    private JobEdit(JdbcClient jdbc, String jobId, long version, JobState state, boolean isKept) {
        this.jdbc = jdbc;
        this.jobId = jobId;
        this.isKept = isKept;
        this.versionBefore = version;
        this.version = version;
        this.state = state;
    }

    private record Locked(long version, JobState state, boolean isKept) {}

    /** Locks a job; empty if there is none. */
    static Optional<JobEdit> lock(JdbcClient jdbc, String jobId) {
        return jdbc.sql("SELECT version, state, front_worker FROM job WHERE id = ? FOR UPDATE")
                .param(jobId)
                .query((row, n) -> new Locked(row.getLong(1), JobState.of(row.getString(2)), row.getString(3) == null))
                .optional()
                .map(locked -> new JobEdit(jdbc, jobId, locked.version, locked.state, locked.isKept));
    }

    /** Whether somebody may ask for it when its client and its server are gone. */
    boolean isKept() {
        return isKept;
    }

    /** Takes a picture that waits; false if it does not wait any more. */
    boolean claim(Claim claim) {
        int rows = jdbc.sql(
                        "UPDATE picture SET state = 'running', worker = :worker, attempts = :attempt, version = :version"
                                + " WHERE job_id = :job AND picture_index = :index AND state = 'queued'")
                .param("worker", claim.worker())
                .param("attempt", claim.attempt())
                .param("version", version + 1)
                .param("job", jobId)
                .param("index", claim.index())
                .update();
        return changed(rows, claim.index());
    }

    /** More rows are final; fewer than before, as after a new beginning, change nothing. */
    boolean advance(
            Claim claim,
            List<RowStatistics> finishedRows,
            Optional<String> partialHash,
            Optional<String> snapshotHash) {
        int rows = ofClaim(
                        claim,
                        "finished_rows = :rows, row_statistics = :statistics, partial_rows = CASE WHEN CAST(:partial AS VARCHAR) IS NULL THEN partial_rows ELSE :rows END,"
                                + " partial_hash = COALESCE(:partial, partial_hash),"
                                + " snapshot_hash = COALESCE(:snapshot, snapshot_hash)",
                        " AND finished_rows < :rows")
                .param("rows", finishedRows.size())
                .param("statistics", Json.MAPPER.writeValueAsString(finishedRows))
                .param("partial", partialHash.orElse(null))
                .param("snapshot", snapshotHash.orElse(null))
                .update();
        return changed(rows, claim.index());
    }

    /** The picture is there. */
    boolean complete(Claim claim, String resultHash, long bytes, List<RowStatistics> rows) {
        return complete(claim, resultHash, bytes, rows, Optional.empty());
    }

    /** The picture is there, and so is what its package needs. */
    boolean complete(Claim claim, String resultHash, long bytes, List<RowStatistics> rows, Optional<String> details) {
        int changed = ofClaim(
                        claim,
                        "state = 'completed', worker = NULL, finished_rows = total_rows, partial_rows = 0, partial_hash = NULL,"
                                + " snapshot_hash = NULL, result_hash = :result, result_bytes = :bytes, row_statistics = :statistics,"
                                + " details = :details",
                        "")
                .param("details", details.orElse(null))
                .param("result", resultHash)
                .param("bytes", bytes)
                .param("statistics", Json.MAPPER.writeValueAsString(rows))
                .update();
        return changed(changed, claim.index());
    }

    /** What was seen in the picture, and how often it was drawn, just before it is {@link #complete}. */
    void describe(Claim claim, List<ArtifactWarning> warnings, Optional<PictureTries> tries) {
        var _ = ofClaim(claim, "warnings = :warnings, tries = :tries", "")
                .param("warnings", Json.MAPPER.writeValueAsString(warnings))
                .param("tries", tries.map(Json.MAPPER::writeValueAsString).orElse(null))
                .update();
    }

    /** The picture cannot be drawn. */
    boolean fail(Claim claim, JobError error) {
        int rows = ofClaim(
                        claim,
                        "state = 'failed', worker = NULL, partial_rows = 0, partial_hash = NULL, snapshot_hash = NULL, error_code = :code,"
                                + " error_message = :message",
                        "")
                .param("code", error.code())
                .param("message", error.message())
                .update();
        return changed(rows, claim.index());
    }

    /** Somebody else shall go on with it, or the same server later. */
    boolean release(Claim claim, JobState to, Optional<String> snapshotHash) {
        int rows = ofClaim(
                        claim,
                        "state = :to, worker = NULL, snapshot_hash = COALESCE(:snapshot, snapshot_hash),"
                                + " attempts = attempts - 1",
                        "")
                .param("to", to.id())
                .param("snapshot", snapshotHash.orElse(null))
                .update();
        return changed(rows, claim.index());
    }

    private JdbcClient.StatementSpec ofClaim(Claim claim, String values, String condition) {
        return jdbc.sql("UPDATE picture SET version = :version, " + values + OF_CLAIM + condition)
                .param("version", version + 1)
                .param("job", jobId)
                .param("index", claim.index())
                .param("worker", claim.worker())
                .param("attempt", claim.attempt());
    }

    /** Moves all pictures that are in some states to another. */
    void move(Set<JobState> from, JobState to, Optional<JobError> error) {
        for (var picture : pictures()) {
            if (from.contains(picture.state())) {
                int rows = jdbc.sql("UPDATE picture SET version = :version, state = :to, worker = NULL,"
                                + " error_code = :code, error_message = :message"
                                + " WHERE job_id = :job AND picture_index = :index")
                        .param("version", version + 1)
                        .param("to", to.id())
                        .param("code", error.map(JobError::code).orElse(null))
                        .param("message", error.map(JobError::message).orElse(null))
                        .param("job", jobId)
                        .param("index", picture.index())
                        .update();
                changed(rows, picture.index());
            }
        }
    }

    /** What waits gets another place in its owner's line. */
    void place(int priority, OptionalLong place) {
        jdbc.sql("UPDATE job SET priority = :priority WHERE id = :job")
                .param("priority", priority)
                .param("job", jobId)
                .update();
        jdbc.sql("UPDATE picture SET priority = :priority WHERE job_id = :job")
                .param("priority", priority)
                .param("job", jobId)
                .update();
        place.ifPresent(micros -> jdbc.sql("UPDATE picture SET place = :place WHERE job_id = :job")
                .param("place", micros)
                .param("job", jobId)
                .update());
    }

    /** One picture goes back to the queue, or fails, after its server died. */
    void revive(JobPicture picture, Optional<JobError> error) {
        int rows = jdbc.sql("UPDATE picture SET version = :version, state = :to, worker = NULL, error_code = :code,"
                        + " error_message = :message WHERE job_id = :job AND picture_index = :index AND state = 'running'"
                        + " AND worker = :worker")
                .param("version", version + 1)
                .param("to", error.isPresent() ? "failed" : "queued")
                .param("code", error.map(JobError::code).orElse(null))
                .param("message", error.map(JobError::message).orElse(null))
                .param("job", jobId)
                .param("index", picture.index())
                .param("worker", picture.worker().orElseThrow())
                .update();
        changed(rows, picture.index());
    }

    List<JobPicture> pictures() {
        return jdbc.sql("SELECT * FROM picture WHERE job_id = ? ORDER BY picture_index")
                .param(jobId)
                .query(Rows::picture)
                .list();
    }

    private boolean changed(int rows, int index) {
        if (rows == 0) {
            return false;
        }
        version++;
        changes.add(new JobChange.OfPicture(jdbc.sql("SELECT * FROM picture WHERE job_id = ? AND picture_index = ?")
                .param(jobId)
                .param(index)
                .query(Rows::picture)
                .single()));
        return true;
    }

    /** Derives the state of the job from its pictures, and writes it and the version. */
    List<JobChange> finish(Instant now) {
        if (version == versionBefore) {
            return List.of();
        }
        var next = next();
        boolean isNew = next != state;
        if (isNew) {
            version++;
            state = next;
        }
        jdbc.sql("UPDATE job SET version = :version WHERE id = :job")
                .param("version", version)
                .param("job", jobId)
                .update();
        if (isNew) {
            jdbc.sql("UPDATE job SET state = :state, state_version = :version, started = CASE WHEN :state = 'running'"
                            + " THEN COALESCE(started, :now) ELSE started END, finished = :finished,"
                            + " error_code = (SELECT error_code" + FIRST_ERROR
                            + "), error_message = (SELECT error_message"
                            + FIRST_ERROR + ")"
                            + " WHERE id = :job")
                    .param("state", state.id())
                    .param("version", version)
                    .param("now", Database.time(now))
                    .param("finished", state.isEnd() ? Database.time(now) : null)
                    .param("job", jobId)
                    .update();
            changes.add(new JobChange.OfState(jdbc.sql("SELECT * FROM job WHERE id = ?")
                    .param(jobId)
                    .query(Rows::job)
                    .single()));
        }
        return List.copyOf(changes);
    }

    private JobState next() {
        var states = EnumSet.noneOf(JobState.class);
        jdbc.sql("SELECT DISTINCT state FROM picture WHERE job_id = ?")
                .param(jobId)
                .query((row, n) -> JobState.of(row.getString(1)))
                .list()
                .forEach(states::add);
        boolean isBegun = states.contains(JobState.RUNNING) || states.contains(JobState.COMPLETED);
        if (states.contains(JobState.RUNNING) || (states.contains(JobState.QUEUED) && isBegun)) {
            return JobState.RUNNING;
        }
        for (var first : List.of(JobState.QUEUED, JobState.PAUSED, JobState.CANCELLED, JobState.FAILED)) {
            if (states.contains(first)) {
                return first;
            }
        }
        return JobState.COMPLETED;
    }
}
