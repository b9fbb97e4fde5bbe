package dev.nextstep.server;

import dev.nextstep.server.config.SecuritySettings;
import dev.nextstep.server.http.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A request of the server to itself, to see that all of it works: network, queue, database, model, disk. */
final class SelfRequest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String BODY = "{\"prompt\": \"a red heart\", \"size\": \"16x16\", \"steps\": 2, \"seed\": 1}";

    private final URI address;
    private final String secret;
    private final Optional<SecuritySettings.Tls> tls;

    SelfRequest(URI address, String secret, Optional<SecuritySettings.Tls> tls) {
        this.address = address;
        this.secret = secret;
        this.tls = tls;
    }

    /**
     * Asks for a small picture.
     *
     * @return a line about it
     * @throws StartException if there was no picture
     */
    String send() {
        long began = System.nanoTime();
        try {
            var connection = (HttpURLConnection)
                    address.resolve("/v1/images/generations").toURL().openConnection();
            if (connection instanceof HttpsURLConnection encrypted) {
                encrypted.setSSLSocketFactory(trustingOnlyItself().getSocketFactory());
                encrypted.setHostnameVerifier((host, session) -> true); // it knows who it is, whatever its name
            }
            connection.setRequestProperty("Authorization", "Bearer " + secret);
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
            try (var in = connection.getInputStream()) {
                int pictures = Json.object(in.readAllBytes()).path("data").size();
                return "drew %d picture in %.2f s".formatted(pictures, (System.nanoTime() - began) / 1e9);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new StartException("the server does not draw: " + e.getMessage(), e);
        }
    }

    private SSLContext trustingOnlyItself() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(tls.orElseThrow().certificate())) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
