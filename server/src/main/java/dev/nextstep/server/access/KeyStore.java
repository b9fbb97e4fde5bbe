package dev.nextstep.server.access;

import dev.nextstep.server.http.Ids;
import dev.nextstep.server.http.Role;
import dev.nextstep.server.queue.Database;
import dev.nextstep.server.store.FolderStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The API keys, in the database of the queue. Safe for use by several threads and servers. */
public final class KeyStore {
    /** What a key begins with, so that people and scanners know one when they see it. */
    public static final String PREFIX = "nxs-";

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_SECRET = 256;
    private static final String COLUMNS = "SELECT id, name, role, created, revoked, per_minute, per_day FROM api_key";

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    /** The keys of that database. */
    public KeyStore(Database database) {
        this.database = database;
    }

    /**
     * A new key.
     *
     * @param key what is known of it from now on
     * @param secret what its holder sends; it is not kept, and can never be shown again
     */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() { // never the secret
            return "Created[key=%s]".formatted(key);
        }
    }

    /**
     * Makes a key. When this returns it can be used.
     *
     * @param name who gets it, 1 to {@link ApiKey#LONGEST_NAME} characters
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public Created create(String name, Role role, Quota quota) {
        if (name.isBlank() || name.codePointCount(0, name.length()) > ApiKey.LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "a key needs a name of 1 to %d characters".formatted(ApiKey.LONGEST_NAME));
        }
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var key = new ApiKey(
                Ids.random("key"), name, role, quota, Instant.now().truncatedTo(ChronoUnit.MICROS), Optional.empty());
        database.durably(() -> database.jdbc()
                .sql(
                        "INSERT INTO api_key (id, name, role, hash, created, per_minute, per_day, epoch_minute, minute_taken, epoch_day,"
                                + " day_taken) VALUES (:id, :name, :role, :hash, :created, :minute, :day, 0, 0, 0, 0)")
                .param("id", key.id())
                .param("name", name)
                .param("role", role.id())
                .param("hash", hash(secret))
                .param("created", key.created().atOffset(ZoneOffset.UTC))
                .param("minute", boxed(quota.perMinute()))
                .param("day", boxed(quota.perDay()))
                .update());
        return new Created(key, secret);
    }

    @SuppressWarnings("NullAway") // a column without a value
    private static Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static String hash(String secret) {
        return FolderStore.sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The key that somebody shows, if it is one and not revoked. */
    public Optional<ApiKey> find(String secret) {
        if (!secret.startsWith(PREFIX) || secret.length() > LONGEST_SECRET) {
            return Optional.empty();
        }
        return database.jdbc()
                .sql(COLUMNS + " WHERE hash = ? AND revoked IS NULL")
                .param(hash(secret))
                .query(KeyStore::key)
                .optional();
    }

    /** All keys, also those that are revoked, the oldest first. */
    public List<ApiKey> list() {
        return database.jdbc()
                .sql(COLUMNS + " ORDER BY created, id")
                .query(KeyStore::key)
                .list();
    }

    /**
     * Makes a key worthless, from the next request on. Its jobs stay; cancel them if they are not wanted.
     *
     * @return the key as it is then; empty if there is none of that id
     */
    public Optional<ApiKey> revoke(String id) {
        database.durably(() -> database.jdbc()
                .sql("UPDATE api_key SET revoked = CURRENT_TIMESTAMP WHERE id = ? AND revoked IS NULL")
                .param(id)
                .update());
        return database.jdbc()
                .sql(COLUMNS + " WHERE id = ?")
                .param(id)
                .query(KeyStore::key)
                .optional();
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Role.of(row.getString("role")).orElseThrow(),
                new Quota(optional(row, "per_minute"), optional(row, "per_day")),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("revoked", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private static OptionalInt optional(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
