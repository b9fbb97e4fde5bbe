package dev.nextstep.server.robust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent: no error of the server's, no request without an end, and good requests are answered as before. {@code
 * -Dserver.hostile=1000} sends more than the normal build does, {@code -Dserver.hostile.seed} the same again.
 */
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("server.hostile", 150);
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    Path data;

    @Test
    void nothingBreaksAndNothingHangs() {
        long seed = Long.getLong("server.hostile.seed", System.nanoTime());
        System.out.println("seed of the requests: " + seed);
        var requests = new HostileRequests(seed);
        var statuses = new TreeMap<Integer, Integer>();
        var failures = new ArrayList<String>();
        try (var server =
                RunningServer.start(data, Map.of(Setting.MAX_UPLOAD, "1MB", Setting.MAX_SOURCE_PIXELS, "1000000"))) {
            for (int i = 0; i < REQUESTS; i++) {
                var request = requests.next();
                int status = status(server, request);
                statuses.merge(status, 1, Integer::sum);
                if (status == HUNG || (status >= 500 && !OF_HTTP.contains(status))) {
                    failures.add(
                            "%d of request %d, %s: %s".formatted(status, i, request.name(), start(request.bytes())));
                }
            }
            System.out.printf(
                    "%d hostile requests, answers by status (0: connection closed): %s%n", REQUESTS, statuses);
            assertThat(failures).isEmpty();
            var answer = server.post(
                    "/v1/images/generations", "{\"prompt\": \"a heart\", \"size\": \"16x16\", \"steps\": 2}");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    /** What HTTP has for a version and an encoding that a server does not know: no errors of the server's. */
    private static final Set<Integer> OF_HTTP = Set.of(501, 505);

    private static final int CLOSED = 0;
    private static final int HUNG = -1;

    private static int status(RunningServer server, HostileRequests.Request request) {
        var address = server.uri("/");
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request.bytes());
                socket.shutdownOutput();
            } catch (IOException e) {
                // the answer came, and the connection was closed, before all was sent
            }
            var first = socket.getInputStream().readNBytes(12);
            var line = new String(first, StandardCharsets.ISO_8859_1);
            return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9)) : CLOSED;
        } catch (SocketTimeoutException e) {
            return HUNG;
        } catch (IOException e) {
            return CLOSED;
        }
    }

    private static String start(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 400), StandardCharsets.ISO_8859_1);
    }
}
