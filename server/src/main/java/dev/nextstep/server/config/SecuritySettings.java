package dev.nextstep.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in, and how.
 *
 * @param keys whether keys are asked for
 * @param tls what the server proves with who it is; empty for plain HTTP
 * @param allowedOrigins pages of other servers that browsers may send requests from, such as {@code https://example.org}
 * @param wordList a file of words that prompts may not have
 */
public record SecuritySettings(
        KeyPolicy keys, Optional<Tls> tls, List<String> allowedOrigins, Optional<Path> wordList) {
    public SecuritySettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * Files of TLS.
     *
     * @param certificate certificates in PEM, the server's own first
     * @param key its private key in PEM
     */
    public record Tls(Path certificate, Path key) {}
}
