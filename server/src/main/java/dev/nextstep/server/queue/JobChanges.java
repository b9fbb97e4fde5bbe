package dev.nextstep.server.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells who follows a job in this process what changed, in order and at once. Changes that another process makes are not
 * heard of here; {@link JobFeed} looks for them.
 */
final class JobChanges {
    private final Map<String, Set<Subscription>> subscriptions = new ConcurrentHashMap<>();

    /** A follower of one job. */
    final class Subscription implements AutoCloseable {
        private final String jobId;
        private final BlockingQueue<JobChange> changes = new LinkedBlockingQueue<>();

        private Subscription(String jobId) {
            this.jobId = jobId;
        }

        /** The next change; empty if none comes in time. */
        Optional<JobChange> next(Duration patience) throws InterruptedException {
            return Optional.ofNullable(changes.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        }

        @Override
        public void close() {
            subscriptions.computeIfPresent(jobId, (id, followers) -> {
                followers.remove(this);
                return followers.isEmpty() ? null : followers;
            });
        }
    }

    /** Follows a job from now on. */
    Subscription follow(String jobId) {
        var subscription = new Subscription(jobId);
        subscriptions.compute(jobId, (id, followers) -> {
            var all = followers == null ? ConcurrentHashMap.<Subscription>newKeySet() : followers;
            all.add(subscription);
            return all;
        });
        return subscription;
    }

    /** How many follow something. */
    int followers() {
        return subscriptions.values().stream().mapToInt(Set::size).sum();
    }

    void tell(String jobId, List<JobChange> changes) {
        var followers = subscriptions.get(jobId);
        if (followers != null) {
            followers.forEach(follower -> follower.changes.addAll(changes));
        }
    }
}
