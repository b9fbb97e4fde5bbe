package dev.nextstep.server.queue;

import dev.nextstep.server.config.DatabaseSettings;

/** The queue on a real PostgreSQL. */
class PostgresQueueTest extends QueueContract {
    @Override
    DatabaseSettings settings() {
        return TestPostgres.newDatabase();
    }
}
