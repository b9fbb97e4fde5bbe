package dev.nextstep.server.queue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose turn it is. Owners take turns by the work that they were given: who was served least comes first, whatever the length
 * of its line. Within an owner's line higher priorities come first, then earlier jobs, then earlier pictures of a job.
 */
final class Line {
    private static final String ORDER = " ORDER BY priority DESC, place, job_id, picture_index";

    /** How far in front of the first one somebody is put, in microseconds, so that there is room between the two. */
    private static final long GAP = 1_000_000;

    private final Database database;
    private final String model;

    Line(Database database, String model) {
        this.database = database;
        this.model = model;
    }

    /** A picture that waits. */
    record Waiting(String jobId, int index, String owner, int attempts, long cost) {}

    private record Turn(String owner, long served, int waiting, long cost) {}

    /** The picture whose turn it is. */
    Optional<Waiting> next() {
        for (var turn : turns()) {
            var first = jdbc().sql("SELECT job_id, picture_index, owner, attempts, cost FROM picture"
                            + " WHERE state = 'queued' AND model = ? AND owner = ?" + ORDER
                            + " FETCH FIRST 1 ROWS ONLY")
                    .param(model)
                    .param(turn.owner)
                    .query((row, n) -> new Waiting(
                            row.getString(1), row.getInt(2), row.getString(3), row.getInt(4), row.getLong(5)))
                    .optional();
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    private List<Turn> turns() {
        return jdbc().sql(
                        "SELECT a.owner, a.served, w.waiting, w.cost FROM account a JOIN (SELECT owner, COUNT(*) AS waiting,"
                                + " SUM(cost) AS cost FROM picture WHERE state = 'queued' AND model = ? GROUP BY owner) w"
                                + " ON w.owner = a.owner ORDER BY a.served, a.owner")
                .param(model)
                .query((row, n) -> new Turn(row.getString(1), row.getLong(2), row.getInt(3), row.getLong(4)))
                .list();
    }

    /**
     * A place in the line.
     *
     * @param priority those with higher numbers come first
     * @param micros among equal priorities, smaller ones come first
     */
    record Place(int priority, long micros) {}

    /** The place between a job that waits and what is before it; empty if nothing of the job waits. */
    Optional<Place> before(Job job) {
        return jdbc().sql(
                        "SELECT priority, MIN(place) FROM picture WHERE state = 'queued' AND job_id = ? GROUP BY priority"
                                + " ORDER BY priority DESC FETCH FIRST 1 ROWS ONLY")
                .param(job.id())
                .query((row, n) -> new Place(row.getInt(1), row.getLong(2)))
                .optional()
                .map(own -> new Place(own.priority, middle(job, own)));
    }

    private long middle(Job job, Place own) {
        long before = jdbc().sql("SELECT COALESCE(MAX(place), ?) FROM picture WHERE state = 'queued' AND model = ?"
                        + " AND owner = ? AND priority = ? AND place < ?")
                .param(own.micros - 2 * GAP)
                .param(model)
                .param(job.owner())
                .param(own.priority)
                .param(own.micros)
                .query(Long.class)
                .single();
        return Math.floorDiv(before + own.micros, 2L);
    }

    /** Notes that an owner was given work. */
    void serve(String owner, long cost) {
        jdbc().sql("UPDATE account SET served = served + ? WHERE owner = ?")
                .param(cost)
                .param(owner)
                .update();
    }

    /** Pictures that wait, of one owner. */
    int waiting(String owner) {
        return jdbc().sql("SELECT COUNT(*) FROM picture WHERE state = 'queued' AND model = ? AND owner = ?")
                .param(model)
                .param(owner)
                .query(Integer.class)
                .single();
    }

    /** Pictures that wait, of all owners. */
    int waiting() {
        return jdbc().sql("SELECT COUNT(*) FROM picture WHERE state = 'queued' AND model = ?")
                .param(model)
                .query(Integer.class)
                .single();
    }

    /**
     * What comes before the end of a job.
     *
     * @param pictures pictures that are begun before its next one
     * @param cost work from now until its last picture is begun, that picture counted
     */
    record Ahead(int pictures, long cost) {}

    /** How far back a job is, if it has pictures that wait. */
    Optional<Ahead> ahead(Job job) {
        var own = ownLine(job);
        if (own.first.isEmpty()) {
            return Optional.empty();
        }
        long served = jdbc().sql("SELECT served FROM account WHERE owner = ?")
                .param(job.owner())
                .query(Long.class)
                .single();
        int pictures = own.first.getAsInt();
        long cost = own.costOfAll;
        for (var turn : turns()) {
            if (!turn.owner.equals(job.owner())) {
                long each = Math.max(1, turn.cost / turn.waiting);
                pictures += (int) overtaking(turn, each, served + own.costBefore);
                cost += each * overtaking(turn, each, served + own.costOfAll);
            }
        }
        return Optional.of(new Ahead(pictures, cost));
    }

    // Pictures of another owner whose turn comes before that of somebody who was served so much.
    private static long overtaking(Turn other, long each, long served) {
        long turns = Math.ceilDiv(served - other.served, each);
        return Math.clamp(turns, 0, other.waiting);
    }

    private record OwnLine(OptionalInt first, long costBefore, long costOfAll) {}

    private OwnLine ownLine(Job job) {
        var line = jdbc().sql(
                        "SELECT job_id, cost FROM picture WHERE state = 'queued' AND model = ? AND owner = ?" + ORDER)
                .param(model)
                .param(job.owner())
                .query((row, n) -> new Waiting(row.getString(1), n, job.owner(), 0, row.getLong(2)))
                .list();
        var first = OptionalInt.empty();
        long before = 0;
        long all = 0;
        long sum = 0;
        for (int i = 0; i < line.size(); i++) {
            boolean isOurs = line.get(i).jobId.equals(job.id());
            if (isOurs && first.isEmpty()) {
                first = OptionalInt.of(i);
                before = sum;
            }
            sum += line.get(i).cost;
            all = isOurs ? sum : all;
        }
        return new OwnLine(first, before, all);
    }

    private JdbcClient jdbc() {
        return database.jdbc();
    }
}
