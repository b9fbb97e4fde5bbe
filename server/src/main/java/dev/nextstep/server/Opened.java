package dev.nextstep.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is open while a server is being started: closed in reverse order unless all goes well. */
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        all.push(resource);
        return resource;
    }

    /** All went well. */
    void keep() {
        all.clear();
    }

    @Override
    public void close() {
        all.forEach(resource -> {
            try {
                resource.close();
            } catch (Exception e) { // what went wrong before is what people want to know
                LOG.debug("could not be closed", e);
            }
        });
    }
}
