package dev.nextstep.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that cannot be spoken to at all. */
@Timeout(30)
class UnreachableHubTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final RecordedBackoff backoff = new RecordedBackoff();

    private AbstractThrowableAssert<?, ?> assertPull(String endpoint, HubException.Reason reason) {
        var settings = new HubSettings(
                URI.create(endpoint), Optional.empty(), directory.resolve("cache"), HubAccess.ONLINE, 2, 2);
        var client = new HubClient(settings, new Surroundings(backoff, path -> Long.MAX_VALUE, Duration.ofSeconds(10)));
        return assertThatThrownBy(
                        () -> client.pull(HubReference.parse("a/b"), PullOptions.modelFiles(), PullListener.NONE))
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void noSuchHostIsToldAtOnce() {
        assertPull("http://no-such-host.invalid", HubException.Reason.NETWORK).hasMessageContaining("no such host");
    }

    @Test
    void aRefusedConnectionIsTriedAgain() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertPull("http://127.0.0.1:" + port, HubException.Reason.NETWORK)
                .hasMessageContainingAll("cannot be connected to", "3 attempts");
    }

    @Test
    void anUntrustedCertificateIsToldAtOnce() throws Exception {
        var store = directory.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storepass",
                        "secret",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(store)) {
            keys.load(input, "secret".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
        try {
            assertPull("https://127.0.0.1:" + server.getAddress().getPort(), HubException.Reason.CERTIFICATE)
                    .hasMessageContaining("certificate is not trusted");
            assertThat(backoff.pauses).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
