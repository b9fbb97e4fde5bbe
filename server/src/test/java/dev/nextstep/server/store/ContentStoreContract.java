package dev.nextstep.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.server.store.ContentStore.Safety;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store has to do: what is put comes back, or nothing does. */
abstract class ContentStoreContract {
    /** Where the files of the store lie in the end, whatever stands in between. */
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ContentStore store;

    /** The store over that folder; another time the same. */
    abstract ContentStore open();

    /** Puts what a process leaves that is killed while it uses the store. */
    abstract void leaveUnfinished() throws IOException;

    /** How often two threads meet. */
    abstract int rounds();

    @BeforeEach
    void begin() {
        store = open();
    }

    final List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private void makeOld() throws IOException {
        for (var file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        }
    }

    @Test
    void contentIsThereOnceUnderItsHash() throws IOException {
        var hash = store.put(new byte[] {1, 2, 3}, Safety.FORCED);
        assertThat(hash).isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        assertThat(store.put(new byte[] {1, 2, 3}, Safety.CACHED)).isEqualTo(hash);
        assertThat(open().get(hash)).contains(new byte[] {1, 2, 3});
        assertThat(files()).hasSize(1);
        assertThat(store.get("0".repeat(64))).isEmpty();
    }

    @Test
    void damagedContentIsNeverGiven() throws IOException {
        var hash = store.put(new byte[] {1, 2, 3}, Safety.FORCED);
        Files.write(files().getFirst(), new byte[] {1, 2});
        assertThat(store.get(hash)).isEmpty();
    }

    @Test
    void namesThatAreNoHashesReachNoFile() {
        for (var name : List.of("../../etc/passwd", "", "ab", "G".repeat(64), "A".repeat(64))) {
            assertThatThrownBy(() -> store.get(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyOldContentThatNobodyNeedsIsRemoved() throws IOException {
        var needed = store.put(new byte[] {1}, Safety.FORCED);
        var old = store.put(new byte[] {2}, Safety.FORCED);
        var again = store.put(new byte[] {3}, Safety.FORCED);
        leaveUnfinished();
        makeOld();
        store.put(new byte[] {3}, Safety.CACHED);
        var young = store.put(new byte[] {5}, Safety.CACHED);
        assertThat(store.sweep(needed::equals, Duration.ofHours(1))).isEqualTo(2);
        assertThat(store.get(needed)).isPresent();
        assertThat(store.get(old)).isEmpty();
        assertThat(store.get(again)).isPresent();
        assertThat(store.get(young)).isPresent();
        assertThat(files()).hasSize(3);
    }

    /** Whoever puts content that is just being swept finds it afterwards, however the two meet. */
    @Test
    void whatIsPutWhileOthersSweepStays() throws Exception {
        var hash = store.put(new byte[] {7}, Safety.CACHED);
        int removed = 0;
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < rounds(); i++) {
                makeOld();
                var together = new CyclicBarrier(2);
                var swept = threads.submit(() -> {
                    together.await();
                    return store.sweep(name -> false, Duration.ofHours(1));
                });
                var put = threads.submit(() -> {
                    together.await();
                    return store.put(new byte[] {7}, Safety.CACHED);
                });
                removed += swept.get();
                put.get();
                assertThat(store.get(hash)).as("round %d", i).isPresent();
            }
        }
        assertThat(removed).as("that the two met").isBetween(1, rounds());
    }
}
