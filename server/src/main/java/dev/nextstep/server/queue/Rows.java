package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.ArtifactWarning;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.RowStatistics;
import dev.nextstep.server.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records from rows of the tables. */
final class Rows {
    private Rows() {}

    static Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("owner"),
                JobOrigin.of(row.getString("origin")),
                JobState.of(row.getString("state")),
                row.getInt("priority"),
                row.getLong("version"),
                row.getLong("state_version"),
                Json.MAPPER.readValue(row.getString("request"), PictureRequest.class),
                Optional.ofNullable(row.getString("front_worker")),
                Optional.ofNullable(row.getString("client_user")),
                new TokenCounts(row.getInt("input_text"), row.getInt("input_image"), row.getInt("output_tokens")),
                error(row),
                time(row, "created").orElseThrow(),
                time(row, "started"),
                time(row, "finished"),
                time(row, "deadline"));
    }

    static JobPicture picture(ResultSet row, int number) throws SQLException {
        long bytes = row.getLong("result_bytes");
        var length = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bytes);
        return new JobPicture(
                row.getString("job_id"),
                row.getInt("picture_index"),
                JobState.of(row.getString("state")),
                row.getLong("version"),
                row.getInt("total_rows"),
                row.getInt("finished_rows"),
                row.getInt("partial_rows"),
                Optional.ofNullable(row.getString("partial_hash")),
                Optional.ofNullable(row.getString("snapshot_hash")),
                Optional.ofNullable(row.getString("result_hash")),
                length,
                statistics(row),
                warnings(row),
                tries(row),
                Optional.ofNullable(row.getString("worker")),
                error(row));
    }

    private static List<RowStatistics> statistics(ResultSet row) throws SQLException {
        var json = row.getString("row_statistics");
        return json == null ? List.of() : List.of(Json.MAPPER.readValue(json, RowStatistics[].class));
    }

    private static List<ArtifactWarning> warnings(ResultSet row) throws SQLException {
        var json = row.getString("warnings");
        return json == null ? List.of() : List.of(Json.MAPPER.readValue(json, ArtifactWarning[].class));
    }

    private static Optional<PictureTries> tries(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("tries")).map(json -> Json.MAPPER.readValue(json, PictureTries.class));
    }

    private static Optional<JobError> error(ResultSet row) throws SQLException {
        var code = row.getString("error_code");
        var message = row.getString("error_message");
        return code == null ? Optional.empty() : Optional.of(new JobError(code, message == null ? "" : message));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
