package dev.nextstep.server.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What changes in a job, from some version on, in order. Changes that this process makes come at once and one by one. Others,
 * and those that were made before, are read from the database, where only the last change of each picture is to be seen: so
 * whoever comes late hears the newest only, and nothing that is of no use any more.
 */
public final class JobFeed implements AutoCloseable {
    /** How long changes of other processes may go unnoticed. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Database database;
    private final JobTable jobs;
    private final String jobId;
    private final JobChanges.Subscription subscription;
    private long last;
    private boolean isBehind = true;

    JobFeed(Database database, JobTable jobs, JobChanges changes, String jobId, long after) {
        this.database = database;
        this.jobs = jobs;
        this.jobId = jobId;
        this.last = after;
        this.subscription = changes.follow(jobId);
    }

    /**
     * The next changes; none if there are none in time.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public List<JobChange> next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            var changes = isBehind ? fromDatabase() : List.<JobChange>of();
            long left = end - System.nanoTime();
            if (!changes.isEmpty() || left <= 0) {
                return changes;
            }
            var wait = Duration.ofNanos(left);
            boolean looks = database.kind() == Database.Kind.SHARED && LOOK.compareTo(wait) < 0;
            var heard = subscription.next(looks ? LOOK : wait);
            if (heard.isPresent() && heard.get().version() == last + 1) {
                last++;
                return List.of(heard.get());
            }
            isBehind = heard.map(change -> change.version() > last).orElse(looks);
        }
    }

    private List<JobChange> fromDatabase() {
        isBehind = false;
        Optional<Job> found = jobs.find(jobId);
        if (found.isEmpty()) {
            return List.of();
        }
        var job = found.get();
        var changes = new ArrayList<JobChange>();
        for (var picture : jobs.pictures(jobId, last, job.version())) {
            changes.add(new JobChange.OfPicture(picture));
        }
        if (job.stateVersion() > last) {
            changes.add(new JobChange.OfState(job));
        }
        changes.sort(Comparator.comparingLong(JobChange::version));
        last = Math.max(last, job.version());
        return changes;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
