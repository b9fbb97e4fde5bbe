package dev.nextstep.server.queue;

import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The servers that draw from this database. Each says now and then that it lives, by the clock of the database; the work of
 * one that has been silent for a lease goes back to the queue.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Database database;
    private final JobTable jobs;
    private final JobEditor editor;
    private final String model;
    private final Duration lease;
    private final int maxAttempts;
    private volatile String id = Ids.random("worker");

    Workers(Database database, JobTable jobs, JobEditor editor, String model, Duration lease, int maxAttempts) {
        this.database = database;
        this.jobs = jobs;
        this.editor = editor;
        this.model = model;
        this.lease = lease;
        this.maxAttempts = maxAttempts;
    }

    /** The name of this server; a new one each time it is started. */
    String id() {
        return id;
    }

    /** Says that this server is there. */
    void register() {
        jdbc().sql("INSERT INTO worker (id, model, seen) VALUES (?, ?, CURRENT_TIMESTAMP)")
                .param(id)
                .param(model)
                .update();
    }

    /**
     * Says that this server lives.
     *
     * @return false if others believed it dead: what it draws is not its own any more, and it has a new name
     */
    boolean beat() {
        int rows = jdbc().sql("UPDATE worker SET seen = CURRENT_TIMESTAMP WHERE id = ?")
                .param(id)
                .update();
        if (rows > 0) {
            return true;
        }
        LOG.warn("this server was silent for more than {} and counts as dead; it begins anew", lease);
        id = Ids.random("worker");
        register();
        return false;
    }

    /** Says that this server ends: what it has not done goes back. */
    void leave() {
        bury(id);
    }

    /** Gives the work of dead servers back; all but this one if the database is its own. */
    int bury() {
        var dead = database.kind() == Database.Kind.EMBEDDED
                ? jdbc().sql("SELECT id FROM worker WHERE id <> ?")
                        .param(id)
                        .query(String.class)
                        .list()
                : jdbc().sql("SELECT id FROM worker WHERE seen < ? AND id <> ?")
                        .param(Database.time(database.now().minus(lease)))
                        .param(id)
                        .query(String.class)
                        .list();
        dead.forEach(this::bury);
        // One that was believed dead, and took pictures before it noticed, has left them under a name that nobody has
        // any more.
        var nameless = jdbc().sql("""
                        SELECT DISTINCT worker FROM picture p WHERE state = 'running' AND worker <> ?
                        AND NOT EXISTS (SELECT 1 FROM worker w WHERE w.id = p.worker)""").param(id).query(String.class).list();
        nameless.forEach(this::bury);
        return dead.size() + nameless.size();
    }

    // Several servers may do this at once: each step is made once, whoever makes it.
    private void bury(String worker) {
        var pictures = jdbc().sql("SELECT * FROM picture WHERE worker = ? AND state = 'running'")
                .param(worker)
                .query(Rows::picture)
                .list();
        if (!pictures.isEmpty()) {
            LOG.info("server {} is gone; {} pictures of its go back to the queue", worker, pictures.size());
        }
        for (var picture : pictures) {
            var error = attempts(picture) < maxAttempts
                    ? Optional.<JobError>empty()
                    : Optional.of(new JobError(
                            ApiError.Kind.INTERNAL.code(),
                            "servers ended %d times while they were drawing this picture".formatted(maxAttempts)));
            editor.edit(picture.jobId(), Safety.WRITTEN, job -> {
                job.revive(picture, error);
                return worker;
            });
        }
        for (var id : jobs.ids("front_worker = ? AND finished IS NULL", worker)) { // nobody waits for them any more
            editor.edit(id, Safety.WRITTEN, job -> {
                job.move(
                        Set.of(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED),
                        JobState.CANCELLED,
                        Optional.empty());
                return worker;
            });
        }
        jdbc().sql("DELETE FROM worker WHERE id = ?").param(worker).update();
    }

    private int attempts(JobPicture picture) {
        return jdbc().sql("SELECT attempts FROM picture WHERE job_id = ? AND picture_index = ?")
                .param(picture.jobId())
                .param(picture.index())
                .query(Integer.class)
                .single();
    }

    /** Pictures that this server may draw, by what the database says. */
    List<Claim> claims() {
        return jdbc().sql(
                        "SELECT job_id, picture_index, worker, attempts FROM picture WHERE worker = ? AND state = 'running'")
                .param(id)
                .query((row, n) -> new Claim(row.getString(1), row.getInt(2), row.getString(3), row.getInt(4)))
                .list();
    }

    private JdbcClient jdbc() {
        return database.jdbc();
    }
}
