package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts jobs into the database. When it returns, the job will be done, whatever happens to the process. */
final class Acceptance {
    private final Database database;
    private final JobTable jobs;
    private final Quotas quotas;

    Acceptance(Database database, JobTable jobs) {
        this.database = database;
        this.jobs = jobs;
        this.quotas = new Quotas(database);
    }

    /**
     * The job of a submission: a new one, or the one that an earlier submission with the same repeat key made.
     *
     * @param request the submission's, with nothing left open
     * @param works what each picture takes
     * @param frontWorker the server that a client waits at
     * @throws ApiException if the repeat key was used for something else, or the owner's quota is used up
     */
    Job accept(
            Submission submission,
            PictureRequest request,
            TokenCounts tokens,
            List<Work> works,
            Optional<String> frontWorker) {
        Supplier<Job> once = () -> acceptOnce(submission, request, tokens, works, frontWorker);
        Job job;
        try {
            job = database.transaction(once);
        } catch (DuplicateKeyException e) { // the same key twice at the same moment: now it is there
            job = database.transaction(once);
        }
        database.secure(job.isKept() ? Safety.FORCED : Safety.LAZY);
        return job;
    }

    /** The job that was made for a repeat key before. */
    Optional<Job> find(String owner, Submission.RepeatKey repeat) {
        return jdbc().sql("SELECT job_id, fingerprint FROM idempotency WHERE owner = ? AND request_key = ?")
                .param(owner)
                .param(repeat.key())
                .query((row, n) -> new Found(row.getString(1), row.getString(2)))
                .optional()
                .map(found -> {
                    if (!found.fingerprint.equals(repeat.fingerprint())) {
                        throw new ApiException(
                                ApiError.Kind.IDEMPOTENCY_KEY_REUSED,
                                "this Idempotency-Key was used for another request; take a new key for each request");
                    }
                    return jobs.find(found.jobId).orElseThrow();
                });
    }

    private record Found(String jobId, String fingerprint) {}

    private Job acceptOnce(
            Submission submission,
            PictureRequest request,
            TokenCounts tokens,
            List<Work> works,
            Optional<String> frontWorker) {
        var before = submission.repeatKey().flatMap(repeat -> find(submission.owner(), repeat));
        if (before.isPresent()) {
            return before.get();
        }
        quotas.take(submission.owner(), request.pictures());
        enter(submission.owner());
        var job = new Job(
                Ids.random("job"),
                submission.owner(),
                submission.origin(),
                JobState.QUEUED,
                submission.priority(),
                1,
                1,
                request,
                frontWorker,
                submission.clientUser(),
                tokens,
                Optional.empty(),
                Instant.now().truncatedTo(ChronoUnit.MICROS), // as the database keeps it
                Optional.empty(),
                Optional.empty(),
                submission.deadline().map(d -> d.truncatedTo(ChronoUnit.MICROS)));
        jobs.insert(job, works);
        submission
                .repeatKey()
                .ifPresent(repeat -> jdbc().sql(
                                "INSERT INTO idempotency (owner, request_key, fingerprint, job_id) VALUES (?, ?, ?, ?)")
                        .param(submission.owner())
                        .param(repeat.key())
                        .param(repeat.fingerprint())
                        .param(job.id())
                        .update());
        return job;
    }

    // Who comes back after a while begins where the others are: what was not asked for is not owed.
    private void enter(String owner) {
        var served = jdbc().sql("SELECT served FROM account WHERE owner = ? FOR UPDATE")
                .param(owner)
                .query(Long.class)
                .optional();
        if (served.isEmpty()) {
            jdbc().sql("INSERT INTO account (owner, served) VALUES (?, 0)")
                    .param(owner)
                    .update();
        }
        jdbc().sql("UPDATE account SET served = GREATEST(served, (SELECT COALESCE(MIN(a.served), 0) FROM account a"
                        + " WHERE EXISTS (SELECT 1 FROM picture p WHERE p.owner = a.owner"
                        + " AND p.state IN ('queued', 'running'))))"
                        + " WHERE owner = :owner AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.owner = :owner"
                        + " AND p.state IN ('queued', 'running'))")
                .param("owner", owner)
                .update();
    }

    private JdbcClient jdbc() {
        return database.jdbc();
    }
}
