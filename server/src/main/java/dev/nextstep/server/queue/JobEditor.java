package dev.nextstep.server.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Changes jobs, one change of a job at a time, and tells who follows it in the order of the changes. */
final class JobEditor {
    private static final int STRIPES = 64;

    private final Database database;
    private final JobChanges changes;
    // The database orders changes; these keep the order on the way to the followers.
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    /** How safe a change has to be. */
    enum Safety {
        /** It may be lost if the process is killed; it will be made again. */
        ORDINARY,
        /** It is on the disk when the edit returns. */
        FORCED
    }

    private record Edited<T>(T result, List<JobChange> changes) {}

    JobEditor(Database database, JobChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** Changes a job; empty if there is none of that id. */
    <T> Optional<T> edit(String jobId, Safety safety, Function<JobEdit, T> work) {
        var stripe = stripes.get(Math.floorMod(jobId.hashCode(), STRIPES));
        stripe.lock();
        try {
            Supplier<Optional<Edited<T>>> edit = () -> JobEdit.lock(database.jdbc(), jobId).map(job -> {
                var result = work.apply(job);
                return new Edited<>(result, job.finish(Instant.now()));
            });
            var edited = safety == Safety.FORCED ? database.durably(edit) : database.transaction(edit);
            edited.ifPresent(e -> changes.tell(jobId, e.changes));
            return edited.map(Edited::result);
        } finally {
            stripe.unlock();
        }
    }
}
