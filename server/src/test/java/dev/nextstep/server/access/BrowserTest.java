package dev.nextstep.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of others can do nothing here unless they are named. */
class BrowserTest {
    private static final String FRIEND = "https://friend.example";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of(Setting.ALLOWED_ORIGINS, "https://other.example, " + FRIEND));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPageOfSomebodyElseIsRefused() {
        for (var origin : new String[] {"https://evil.example", "null", "https://friend.example.evil.example"}) {
            var answer = server.get("/v1/models", "Origin", origin);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("forbidden");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            // A form needs no permission of the browser.
            var form = new Form().field("prompt", "x").file("image", "a.png", new byte[0]);
            assertThat(server.post("/v1/images/edits", form, "Origin", origin).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void pagesThatAreNamedAndOwnPagesAreLetIn() {
        var answer = server.get("/v1/models", "Origin", FRIEND);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(FRIEND);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Retry-After");
        var own = server.uri("/").toString().replaceAll("/$", "");
        assertThat(server.get("/v1/models", "Origin", own).status()).isEqualTo(200);
        var preflight = server.send(HttpRequest.newBuilder(server.uri("/v1/jobs"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", FRIEND)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type"));
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void answersLoadAndRunNothing() {
        for (var path : new String[] {"/v1/models", "/v1/nothing", "/health/live"}) {
            var answer = server.get(path);
            assertThat(answer.header("Content-Security-Policy")).isEqualTo(SecurityHeaders.NOTHING);
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    /** A name of somebody else's that points to this machine makes its pages no pages of ours. */
    @Test
    void withoutKeysTheServerAnswersToItsOwnNamesOnly() throws IOException {
        assertThat(statusOf("evil.example:8080")).isEqualTo(403);
        assertThat(statusOf("localhost.evil.example")).isEqualTo(403);
        assertThat(statusOf("localhost:8080")).isEqualTo(200);
        assertThat(statusOf("127.0.0.1")).isEqualTo(200);
        assertThat(statusOf("[::1]:8080")).isEqualTo(200);
    }

    private static int statusOf(String host) throws IOException {
        var address = server.uri("/");
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host)
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
