package dev.nextstep.server.robust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.ServerProcess;
import dev.nextstep.server.access.KeyStore;
import dev.nextstep.server.access.Quota;
import dev.nextstep.server.config.DatabaseSettings;
import dev.nextstep.server.http.Role;
import dev.nextstep.server.queue.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many streams at once on a server of its own, with keys. {@code -Dserver.streams=200 -Dserver.streams.seconds=600} is the full
 * form; then shares and the growth of the process are compared too, for which the short form has not enough of either.
 */
class StreamsTest {
    private static final int STREAMS = Integer.getInteger("server.streams", 12);
    private static final int SECONDS = Integer.getInteger("server.streams.seconds", 3);
    private static final boolean IS_LONG = SECONDS >= 60;
    private static final int KEYS = 4;
    private static final String BODY = System.getProperty(
            "server.streams.body",
            "{\"prompt\": \"a red heart\", \"stream\": true, \"partial_images\": 1, \"seed\": SEED, \"size\": \"32x32\", \"steps\": 4}");

    @TempDir
    Path folder;

    /**
     * The process at a moment.
     *
     * @param heap bytes that are used
     * @param threads without virtual ones
     * @param files open files and connections
     */
    private record Sample(double heap, double threads, double files) {}

    @Test
    void manyStreamsAreWholeAndFairAndNothingGrows() throws Exception {
        var data = folder.resolve("data");
        var keys = new ArrayList<String>();
        String admin;
        try (var database = Database.open(new DatabaseSettings(Optional.empty(), "", ""), data)) {
            var store = new KeyStore(database);
            admin = store.create("admin", Role.ADMIN, Quota.NONE).secret();
            for (int i = 0; i < KEYS; i++) {
                keys.add(store.create("key " + i, Role.GENERATE, Quota.NONE).secret());
            }
        }
        try (var server = ServerProcess.start(folder, data, "--keys", "required")) {
            var warmUp = new StreamClients(server.address(), keys, BODY);
            warmUp.run(KEYS, Duration.ofSeconds(Math.min(SECONDS, 10)), () -> {});
            assertThat(warmUp.errors()).isEmpty();
            var samples = new ArrayList<Sample>();
            var clients = new StreamClients(server.address(), keys, BODY);
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            clients.run(STREAMS, Duration.ofSeconds(SECONDS), () -> samples.add(sample(server, admin)));
            report(clients, samples, clients.shares(end));
            assertThat(clients.errors()).isEmpty();
            assertThat(clients.done()).hasSizeGreaterThanOrEqualTo(STREAMS);
            if (IS_LONG) {
                assertFlat(samples);
                assertFair(clients.shares(end));
            }
        }
    }

    private static Sample sample(ServerProcess server, String admin) {
        var text = server.text("/metrics", "Authorization", "Bearer " + admin);
        return new Sample(
                value(text, "jvm_memory_used_bytes{area=\"heap\"}"),
                value(text, "jvm_threads_current"),
                value(text, "process_open_fds"));
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void report(StreamClients clients, List<Sample> samples, List<Long> shares) {
        System.out.printf(
                "%d streams, %d s: %d pictures, %.2f a second, %d errors; p50 %.2f s, p99 %.2f s; by key %s%n",
                STREAMS,
                SECONDS,
                clients.done().size(),
                shares.stream().mapToLong(Long::longValue).sum() / (double) SECONDS,
                clients.errors().size(),
                clients.seconds(50),
                clients.seconds(99),
                shares);
        int third = samples.size() / 3;
        for (var part : List.of(samples.subList(third, 2 * third), samples.subList(2 * third, samples.size()))) {
            System.out.printf(
                    "least heap %.0f MB, most threads %.0f, most files %.0f%n",
                    part.stream().mapToDouble(Sample::heap).min().orElse(0) / (1 << 20),
                    part.stream().mapToDouble(Sample::threads).max().orElse(0),
                    part.stream().mapToDouble(Sample::files).max().orElse(0));
        }
    }

    // The last third against the one before: what leaks grows between them.
    private static void assertFlat(List<Sample> samples) {
        int third = samples.size() / 3;
        var before = samples.subList(third, 2 * third);
        var after = samples.subList(2 * third, samples.size());
        assertThat(after.stream().mapToDouble(Sample::threads).max().orElseThrow())
                .isLessThanOrEqualTo(
                        before.stream().mapToDouble(Sample::threads).max().orElseThrow() + 5);
        assertThat(after.stream().mapToDouble(Sample::files).max().orElseThrow())
                .isLessThanOrEqualTo(
                        before.stream().mapToDouble(Sample::files).max().orElseThrow() + 5);
        assertThat(after.stream().mapToDouble(Sample::heap).min().orElseThrow())
                .isLessThanOrEqualTo(
                        before.stream().mapToDouble(Sample::heap).min().orElseThrow() * 1.2 + (8 << 20));
    }

    private static void assertFair(List<Long> shares) {
        long most = shares.stream().mapToLong(Long::longValue).max().orElseThrow();
        long least = shares.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat(most - least).as(shares.toString()).isLessThanOrEqualTo(Math.max(1, most / 10));
    }

    /** Prints how much faster several clients are served than one, and how soon the first rows are seen. */
    @Test
    void severalClientsAreServedBesideEachOther() throws Exception {
        var data = folder.resolve("data");
        try (var server = ServerProcess.start(folder, data)) {
            double one = speed(server, 1);
            double eight = speed(server, 8);
            System.out.printf(
                    "1 client: %.2f pictures a second; 8 clients: %.2f, %.2f times as many%n", one, eight, eight / one);
        }
    }

    private static double speed(ServerProcess server, int number) throws Exception {
        var warmUp = new StreamClients(server.address(), List.of("none"), BODY);
        warmUp.run(number, Duration.ofSeconds(Math.min(SECONDS, 10)), () -> {});
        var clients = new StreamClients(server.address(), List.of("none"), BODY);
        long began = System.nanoTime();
        clients.run(number, Duration.ofSeconds(Math.min(SECONDS, 60)), () -> {});
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(clients.errors()).isEmpty();
        assertThat(clients.done()).hasSizeGreaterThanOrEqualTo(number);
        return clients.done().size() / seconds;
    }

    /** Prints when the first of sixteen rows of tokens is seen, against the last of them. */
    @Test
    void theFirstRowIsSeenLongBeforeTheLast() throws Exception {
        try (var server = ServerProcess.start(folder, folder.resolve("data"))) {
            var body = "{\"prompt\": \"a red heart\", \"stream\": true, \"partial_images\": 15, \"seed\": SEED,"
                    + " \"size\": \"64x256\"}";
            new StreamClients(server.address(), List.of("none"), body)
                    .run(1, Duration.ofSeconds(Math.min(SECONDS, 10)), () -> {});
            var clients = new StreamClients(server.address(), List.of("none"), body);
            clients.run(1, Duration.ofSeconds(Math.min(SECONDS, 30)), () -> {});
            assertThat(clients.errors()).isEmpty();
            var ratios = clients.done().stream()
                    .mapToDouble(s -> s.first() / s.all())
                    .sorted()
                    .toArray();
            var stream = clients.done().getFirst();
            assertThat(stream.first()).isLessThan(stream.last());
            System.out.printf(
                    "first of 16 rows after %.3f of the time (median of %d; 1/16 is 0.063), such as %.2f s of %.2f s%n",
                    ratios[ratios.length / 2], ratios.length, stream.first(), stream.all());
        }
    }
}
