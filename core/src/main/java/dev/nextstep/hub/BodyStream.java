package dev.nextstep.hub;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a response as it arrives. Unlike a stream of the JDK's client, waiting for it ends when the server falls
 * silent for too long and when the work is stopped.
 */
final class BodyStream implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
    /** Batches (each at most a socket buffer) that may wait to be taken; bounds the memory. */
    private static final int AHEAD = 16;

    private sealed interface Item {}

    private record Chunk(List<ByteBuffer> buffers) implements Item {}

    private record Failure(Throwable cause) implements Item {}

    private record End() implements Item {}

    private final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Duration patience;
    private final Stop stop;
    private boolean ended;

    BodyStream(Flow.Publisher<List<ByteBuffer>> publisher, Duration patience, Stop stop) {
        this.patience = patience;
        this.stop = stop;
        publisher.subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription.complete(granted);
        granted.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Chunk(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        arrived.add(new Failure(cause));
    }

    @Override
    public void onComplete() {
        arrived.add(new End());
    }

    /**
     * Waits for the next bytes; empty at the end.
     *
     * @throws IOException if the connection broke or the server fell silent
     */
    Optional<List<ByteBuffer>> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        return switch (take()) {
            case Chunk(var buffers) -> {
                subscription.join().request(1);
                yield Optional.of(buffers);
            }
            case Failure(var cause) -> throw new IOException(String.valueOf(cause.getMessage()), cause);
            case End() -> {
                ended = true;
                yield Optional.empty();
            }
        };
    }

    private Item take() throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            stop.check();
            try {
                var item = arrived.poll(Stop.LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (item != null) {
                    return item;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        throw new SocketTimeoutException("the server sent nothing for " + patience.toMillis() + " ms");
    }

    /** Gives up the rest of the body; the connection is closed unless the body is at its end. */
    @Override
    public void close() {
        if (!ended) {
            var _ = subscription.thenAccept(Flow.Subscription::cancel);
        }
    }
}
