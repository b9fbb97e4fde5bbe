package dev.nextstep.server.queue;

import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Counts what is asked for with a key, in the transaction that accepts it: what is not accepted takes nothing, and several
 * servers count together. Windows are minutes and days of UTC by the clock of the database.
 */
final class Quotas {
    private static final long MINUTE = 60;
    private static final long DAY = 86_400;

    private final Database database;

    Quotas(Database database) {
        this.database = database;
    }

    private record Use(
            OptionalLong perMinute, OptionalLong perDay, long minute, long minuteTaken, long day, long dayTaken) {}

    /**
     * Takes pictures from the quota of an owner; who has no key has no quota.
     *
     * @throws ApiException if there are not so many left: with the time until there are, or without one if there never are
     */
    void take(String owner, int pictures) {
        var found = database.jdbc()
                .sql("SELECT per_minute, per_day, epoch_minute, minute_taken, epoch_day, day_taken FROM api_key"
                        + " WHERE id = ? FOR UPDATE")
                .param(owner)
                .query(Quotas::use)
                .optional();
        if (found.isEmpty()) {
            return;
        }
        var use = found.get();
        var now = database.now();
        long minute = now.getEpochSecond() / MINUTE;
        long day = now.getEpochSecond() / DAY;
        long inMinute = use.minute == minute ? use.minuteTaken : 0;
        long inDay = use.day == day ? use.dayTaken : 0;
        requireRest(use.perDay, inDay, pictures, "a day", rest(now, DAY));
        requireRest(use.perMinute, inMinute, pictures, "a minute", rest(now, MINUTE));
        database.jdbc()
                .sql(
                        "UPDATE api_key SET epoch_minute = :minute, minute_taken = :inMinute, epoch_day = :day, day_taken = :inDay"
                                + " WHERE id = :id")
                .param("minute", minute)
                .param("inMinute", inMinute + pictures)
                .param("day", day)
                .param("inDay", inDay + pictures)
                .param("id", owner)
                .update();
    }

    private static Duration rest(Instant now, long window) {
        return Duration.ofSeconds(window - now.getEpochSecond() % window);
    }

    private static void requireRest(OptionalLong quota, long taken, int pictures, String window, Duration rest) {
        if (quota.isEmpty() || taken + pictures <= quota.getAsLong()) {
            return;
        }
        if (pictures > quota.getAsLong()) {
            throw new ApiException(
                    ApiError.Kind.TOO_LARGE,
                    "the request asks for %d pictures, and this key has a quota of %d %s"
                            .formatted(pictures, quota.getAsLong(), window));
        }
        throw ApiException.later(
                ApiError.Kind.RATE_LIMIT_EXCEEDED,
                "the quota of this key is %d pictures %s, and %d are taken; ask for these %d in %d seconds"
                        .formatted(quota.getAsLong(), window, taken, pictures, rest.toSeconds()),
                rest);
    }

    private static Use use(ResultSet row, int number) throws SQLException {
        return new Use(
                optional(row, "per_minute"),
                optional(row, "per_day"),
                row.getLong("epoch_minute"),
                row.getLong("minute_taken"),
                row.getLong("epoch_day"),
                row.getLong("day_taken"));
    }

    private static OptionalLong optional(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
