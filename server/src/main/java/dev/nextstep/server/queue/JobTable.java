package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Json;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements that read jobs and pictures, and put new ones in. */
final class JobTable {
    /** As long as a column may be in the embedded database. */
    private static final int LONGEST_REQUEST = 1_000_000;

    private static final int LONGEST_TITLE = 2_000;

    private final Database database;

    JobTable(Database database) {
        this.database = database;
    }

    private JdbcClient jdbc() {
        return database.jdbc();
    }

    Optional<Job> find(String id) {
        return jdbc().sql("SELECT * FROM job WHERE id = ?")
                .param(id)
                .query(Rows::job)
                .optional();
    }

    List<JobPicture> pictures(String jobId) {
        return jdbc().sql("SELECT * FROM picture WHERE job_id = ? ORDER BY picture_index")
                .param(jobId)
                .query(Rows::picture)
                .list();
    }

    Optional<JobPicture> picture(String jobId, int index) {
        return jdbc().sql("SELECT * FROM picture WHERE job_id = ? AND picture_index = ?")
                .param(jobId)
                .param(index)
                .query(Rows::picture)
                .optional();
    }

    /** What packages need of finished pictures, by their numbers. */
    Map<Integer, String> details(String jobId) {
        var details = new TreeMap<Integer, String>();
        jdbc().sql("SELECT picture_index, details FROM picture WHERE job_id = ? AND details IS NOT NULL")
                .param(jobId)
                .query((ResultSet row) -> {
                    details.put(row.getInt(1), row.getString(2));
                });
        return details;
    }

    /** Pictures that changed in some versions, in the order of their changes. */
    List<JobPicture> pictures(String jobId, long after, long upTo) {
        return jdbc().sql("SELECT * FROM picture WHERE job_id = ? AND version > ? AND version <= ? ORDER BY version")
                .param(jobId)
                .param(after)
                .param(upTo)
                .query(Rows::picture)
                .list();
    }

    /** Jobs from the newest to the oldest, those of one owner or of all. */
    List<Job> list(Optional<String> owner, JobFilter filter, int most) {
        var sql = new StringBuilder("SELECT * FROM job WHERE 1 = 1");
        owner.ifPresent(o -> sql.append(" AND owner = :owner"));
        filter.state().ifPresent(s -> sql.append(" AND state = :state"));
        filter.text().ifPresent(t -> sql.append(" AND LOWER(title) LIKE :text ESCAPE '!'"));
        filter.after()
                .ifPresent(a -> sql.append(
                        " AND (created < (SELECT created FROM job WHERE id = :after) OR (created = (SELECT created FROM job"
                                + " WHERE id = :after) AND id < :after))"));
        sql.append(" ORDER BY created DESC, id DESC FETCH FIRST :most ROWS ONLY");
        var statement = jdbc().sql(sql.toString()).param("most", most);
        owner.ifPresent(o -> statement.param("owner", o));
        filter.state().ifPresent(state -> statement.param("state", state.id()));
        filter.text().ifPresent(text -> statement.param("text", filter.pattern(text)));
        filter.after().ifPresent(after -> statement.param("after", after));
        return statement.query(Rows::job).list();
    }

    /**
     * Puts a job in.
     *
     * @param works what each of its pictures takes
     */
    void insert(Job job, List<Work> works) {
        var request = job.request();
        var json = Json.MAPPER.writeValueAsString(request);
        if (json.length() > LONGEST_REQUEST) {
            throw new ApiException(ApiError.Kind.TOO_LARGE, "the prompts are too long together; send several jobs");
        }
        jdbc().sql(
                        "INSERT INTO job (id, owner, origin, state, priority, version, state_version, request, title, client_user,"
                                + " pictures, input_text, input_image, output_tokens, front_worker, created, deadline)"
                                + " VALUES (:id, :owner, :origin, :state, :priority, :version, :version, :request, :title, :user,"
                                + " :pictures, :text, :image, :output, :front, :created, :deadline)")
                .param("id", job.id())
                .param("owner", job.owner())
                .param("origin", job.origin().id())
                .param("state", job.state().id())
                .param("priority", job.priority())
                .param("version", job.version())
                .param("request", json)
                .param("title", title(request))
                .param("user", job.clientUser().orElse(null))
                .param("pictures", request.pictures())
                .param("text", job.tokens().text())
                .param("image", job.tokens().images())
                .param("output", job.tokens().output())
                .param("front", job.frontWorker().orElse(null))
                .param("created", Database.time(job.created()))
                .param("deadline", job.deadline().map(Database::time).orElse(null))
                .update();
        for (int i = 0; i < request.pictures(); i++) {
            insertPicture(job, i, works.get(i).cost(), works.get(i).rows());
        }
        Set<String> sources = request.sources().stream().collect(Collectors.toSet());
        request.mask().ifPresent(sources::add);
        for (var hash : sources) {
            jdbc().sql("INSERT INTO source (job_id, hash) VALUES (?, ?)")
                    .param(job.id())
                    .param(hash)
                    .update();
        }
    }

    private void insertPicture(Job job, int index, long cost, int rows) {
        jdbc().sql(
                        "INSERT INTO picture (job_id, picture_index, owner, model, state, priority, place, cost, attempts, version,"
                                + " total_rows, finished_rows, partial_rows)"
                                + " VALUES (:job, :index, :owner, :model, :state, :priority, :place, :cost, 0, 0, :rows, 0, 0)")
                .param("job", job.id())
                .param("index", index)
                .param("owner", job.owner())
                .param("model", job.request().model())
                .param("state", JobState.QUEUED.id())
                .param("priority", job.priority())
                .param("place", micros(job.created()))
                .param("cost", cost)
                .param("rows", rows)
                .update();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    // What people search for; the exact prompts are in the request. No database takes the character 0.
    private static String title(PictureRequest request) {
        var all = String.join("\n", request.prompts()).replace('\0', ' ');
        return all.codePointCount(0, all.length()) <= LONGEST_TITLE
                ? all
                : all.substring(0, all.offsetByCodePoints(0, LONGEST_TITLE));
    }

    void delete(String id) {
        jdbc().sql("DELETE FROM job WHERE id = ?").param(id).update();
    }

    /** Ids of jobs that a condition holds for. */
    List<String> ids(String condition, Object... values) {
        var statement = jdbc().sql("SELECT id FROM job WHERE " + condition + " FETCH FIRST 1000 ROWS ONLY");
        for (var value : values) {
            statement = statement.param(value);
        }
        return statement.query(String.class).list();
    }

    /** How many pictures are in each state. */
    Map<JobState, Integer> pictureCounts() {
        var counts = new EnumMap<JobState, Integer>(JobState.class);
        for (var state : JobState.values()) {
            counts.put(state, 0);
        }
        jdbc().sql("SELECT state, COUNT(*) FROM picture GROUP BY state").query((ResultSet row) -> {
            counts.put(JobState.of(row.getString(1)), row.getInt(2));
        });
        return counts;
    }

    /** Whether any job needs content of that hash. */
    boolean needs(String hash) {
        return jdbc().sql("SELECT 1 WHERE EXISTS (SELECT 1 FROM picture WHERE result_hash = :hash)"
                        + " OR EXISTS (SELECT 1 FROM picture WHERE partial_hash = :hash)"
                        + " OR EXISTS (SELECT 1 FROM picture WHERE snapshot_hash = :hash)"
                        + " OR EXISTS (SELECT 1 FROM source WHERE hash = :hash)")
                .param("hash", hash)
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
