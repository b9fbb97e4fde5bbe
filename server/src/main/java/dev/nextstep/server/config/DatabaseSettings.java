package dev.nextstep.server.config;

import java.util.Optional;

/**
 * Which database.
 *
 * @param url JDBC URL of a PostgreSQL database; empty for the one that is embedded in the data folder
 * @param user its user
 * @param password its password
 */
public record DatabaseSettings(Optional<String> url, String user, String password) {
    @Override
    public String toString() { // never the password
        return "DatabaseSettings[url=%s, user=%s]".formatted(url, user);
    }
}
