package dev.nextstep.server.queue;

import dev.nextstep.server.config.DatabaseSettings;
import java.util.Optional;

/** The queue on the embedded database. */
class EmbeddedQueueTest extends QueueContract {
    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings(Optional.empty(), "", "");
    }
}
