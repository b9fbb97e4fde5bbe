package dev.nextstep.server.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** Changes jobs, one change of a job at a time, and tells who follows it in the order of the changes. */
final class JobEditor {
    private static final int STRIPES = 64;

    private final Database database;
    private final JobChanges changes;
    // The database orders changes; these keep the order on the way to the followers.
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    private record Edited<T>(T result, List<JobChange> changes, Safety safety) {}

    JobEditor(Database database, JobChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * Changes a job; empty if there is none of that id. A job that ends with its client is not worth waiting for a disk.
     *
     * @param safety of the change of a job that is kept
     */
    <T> Optional<T> edit(String jobId, Safety safety, Function<JobEdit, T> work) {
        var stripe = stripes.get(Math.floorMod(jobId.hashCode(), STRIPES));
        stripe.lock();
        try {
            var edited = database.transaction(() -> JobEdit.lock(database.jdbc(), jobId)
                    .map(job -> {
                        var real = job.isKept() ? safety : Safety.LAZY;
                        if (real != Safety.FORCED) {
                            database.relax();
                        }
                        var result = work.apply(job);
                        return new Edited<>(result, job.finish(Instant.now()), real);
                    }));
            edited.ifPresent(e -> {
                database.secure(e.safety);
                changes.tell(jobId, e.changes);
            });
            return edited.map(Edited::result);
        } finally {
            stripe.unlock();
        }
    }
}
