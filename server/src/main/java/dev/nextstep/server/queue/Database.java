package dev.nextstep.server.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nextstep.server.config.DatabaseSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database: embedded in a folder, or PostgreSQL, which several servers may share. The same statements suit both. */
public final class Database implements AutoCloseable {
    /** Where the statements are that make the tables. */
    private static final String MIGRATIONS = "classpath:dev/nextstep/server/queue/migration";

    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Kind kind;
    private final Checkpoints checkpoints;

    /** Whose database it is. */
    public enum Kind {
        /** This process's own. */
        EMBEDDED,
        /** One that other servers may use at the same time. */
        SHARED
    }

    private Database(HikariDataSource pool, Kind kind) {
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
        this.kind = kind;
        this.checkpoints =
                new Checkpoints(safety -> jdbc.sql(safety == Safety.FORCED ? "CHECKPOINT SYNC" : "CHECKPOINT")
                        .update());
    }

    /**
     * Opens a database and brings its tables up to date.
     *
     * @param folder where the embedded one lies
     * @throws RuntimeException if it cannot be reached, or another process has the embedded one open
     */
    public static Database open(DatabaseSettings settings, Path folder) {
        var kind = settings.url().isPresent() ? Kind.SHARED : Kind.EMBEDDED;
        var config = new HikariConfig();
        config.setPoolName("nextstep");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(20_000);
        if (kind == Kind.SHARED) {
            config.setJdbcUrl(settings.url().orElseThrow());
            config.setUsername(settings.user());
            config.setPassword(settings.password());
            config.addDataSourceProperty("ApplicationName", "nextstep");
            config.addDataSourceProperty("tcpKeepAlive", "true");
        } else {
            // Our own checkpoints decide what is safe; the database ends when we say so.
            config.setJdbcUrl("jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000"
                    .formatted(folder.resolve("queue").toAbsolutePath()));
            config.setUsername("nextstep");
        }
        var pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(MIGRATIONS)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new Database(pool, kind);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Whose it is. */
    public Kind kind() {
        return kind;
    }

    /** Statements, in the transaction of the calling thread if it is in one. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Does something in one transaction; when this returns, it is on the disk. */
    public <T> T durably(Supplier<T> work) {
        T result = transaction(work);
        secure(Safety.FORCED);
        return result;
    }

    /** Does something in one transaction. */
    <T> T transaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    /**
     * Lets the calling thread's transaction end before its changes are on the disk. They survive this process either way; if
     * the machine of the database loses its power, those of its last moments may be lost.
     */
    void relax() {
        if (kind == Kind.SHARED) {
            jdbc.sql("SET LOCAL synchronous_commit TO OFF").update();
        }
    }

    /** Returns when all that was committed before this call is as safe as it has to be. */
    void secure(Safety safety) {
        if (kind == Kind.EMBEDDED && safety != Safety.LAZY) { // PostgreSQL does so at the end of each transaction
            checkpoints.await(safety);
        }
    }

    /** The time of the database, which is the same for all servers. */
    Instant now() {
        return jdbc.sql("SELECT CURRENT_TIMESTAMP")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class))
                .single()
                .toInstant();
    }

    /** A time as a parameter of a statement. */
    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        if (kind == Kind.EMBEDDED) {
            jdbc.sql("SHUTDOWN").update();
        }
        pool.close();
    }
}
