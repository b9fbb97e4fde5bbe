package dev.nextstep;

import dev.nextstep.checkpoint.ModelDirectory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The hash of an open model's weights, which takes a moment for small ones and minutes for large ones. */
final class WeightsHash {
    /** Weights up to this many bytes are hashed beside the first drawing, which takes longer. */
    private static final long SMALL = 64L << 20;

    private enum Effort {
        /** Only what is remembered or read in a moment. */
        LITTLE,
        /** Whatever it takes. */
        ANY
    }

    private final ModelDirectory directory;
    private final WeightsHashes remembered;
    private @Nullable CompletableFuture<String> begun;

    WeightsHash(ModelDirectory directory, WeightsHashes remembered) {
        this.directory = directory;
        this.remembered = remembered;
    }

    /** 64 hexadecimal digits, whatever it takes. */
    String get() {
        return begin(Effort.ANY).orElseThrow().join();
    }

    /** The same, if it is remembered or takes a moment only. */
    Optional<String> known() {
        // Weights that cannot be read fail where they are needed; here they are just not named.
        return begin(Effort.LITTLE)
                .map(hash -> hash.exceptionally(failure -> "").join())
                .filter(hash -> !hash.isEmpty());
    }

    /** Begins with it where it takes a moment only, so that it is there when the picture is. */
    void prepare() {
        begin(Effort.LITTLE);
    }

    /** Waits until nobody reads the weights for it. */
    void await() {
        CompletableFuture<String> reading;
        synchronized (this) {
            reading = begun;
        }
        if (reading != null) {
            reading.exceptionally(failure -> "").join();
        }
    }

    private synchronized Optional<CompletableFuture<String>> begin(Effort effort) {
        var reading = begun;
        if (reading == null) {
            var known = remembered.find(directory);
            if (known.isPresent()) {
                reading = CompletableFuture.completedFuture(known.get());
            } else if (effort == Effort.ANY || WeightsHashes.bytes(directory) <= SMALL) {
                reading = CompletableFuture.supplyAsync(() -> remembered.get(directory));
            } else {
                return Optional.empty();
            }
            begun = reading;
        }
        return Optional.of(reading);
    }
}
