package dev.nextstep.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that proves who it is. */
class TlsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final char[] PASSWORD = "only-for-tests".toCharArray();

    @TempDir
    Path folder;

    /** Makes a certificate for this machine that nobody else has signed, and puts it and its key where the server reads them. */
    private X509Certificate issue(String name) throws Exception {
        var store = folder.resolve(name + ".p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.txt")))
                .isZero();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var certificate = (X509Certificate) keys.getCertificate("server");
        replace("certificate.pem", "CERTIFICATE", certificate.getEncoded());
        replace("key.pem", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
        return certificate;
    }

    private void replace(String name, String kind, byte[] content) throws IOException {
        var written = Files.writeString(
                folder.resolve(name + ".new"),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(
                                kind,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)));
        Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<Setting, String> settings() {
        return Map.of(
                Setting.TLS_CERTIFICATE,
                folder.resolve("certificate.pem").toString(),
                Setting.TLS_KEY,
                folder.resolve("key.pem").toString());
    }

    // A connection of its own each time.
    private static HttpResponse<String> ask(URI address, SSLContext trust) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void answersOverTlsOnlyAndTakesARenewedCertificate() throws Exception {
        var first = trusting(issue("first"));
        try (var server = RunningServer.start(folder.resolve("data"), settings())) {
            var address = server.uri("/v1/models");
            assertThat(address.getScheme()).isEqualTo("https");
            var answer = ask(address, first);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> ask(address, SSLContext.getDefault())).isInstanceOf(SSLHandshakeException.class);
            var plain = ask(URI.create("http://127.0.0.1:%d/v1/models".formatted(address.getPort())), first);
            assertThat(plain.statusCode()).isEqualTo(400);
            assertThat(plain.body()).doesNotContain("emoji");

            var second = trusting(issue("second"));
            awaitAnswer(address, second);
            assertThatThrownBy(() -> ask(address, first)).isInstanceOf(SSLException.class);
        }
    }

    private static void awaitAnswer(URI address, SSLContext trust) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertThat(ask(address, trust).statusCode()).isEqualTo(200);
                return;
            } catch (SSLException e) { // still the old one
                assertThat(System.nanoTime()).as("a renewed certificate").isLessThan(end);
                Thread.sleep(200);
            }
        }
    }
}
