package dev.nextstep.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.http.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A key as the API tells about it.
 *
 * @param id its public name
 * @param object {@code api_key}
 * @param name who has it
 * @param role what it may do
 * @param perMinute pictures
 * @param perDay pictures
 * @param createdAt when it was made
 * @param revokedAt since when it is worth nothing
 * @param secret what its holder sends
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record KeyView(
        @Doc("Its public name, under which jobs are kept.") String id,
        @Doc("'api_key'") String object,
        @Doc("Who has it.") String name,
        @Doc("What it may do: generate or admin.") String role,
        @Doc("Pictures that it may ask for in a minute.") OptionalInt perMinute,

        @Doc("Pictures that it may ask for in a day of UTC.")
        OptionalInt perDay,

        @Doc("When it was made, in seconds since 1970.") long createdAt,

        @Doc("Since when it is worth nothing, in seconds since 1970.")
        OptionalLong revokedAt,

        @Doc("What its holder sends; only told when it is made.")
        Optional<String> secret) {

    /**
     * All keys.
     *
     * @param object {@code list}
     * @param data the keys
     */
    public record KeyList(
            @Doc("'list'") String object,
            @Doc("The keys, the oldest first.") List<KeyView> data) {}

    static KeyView of(ApiKey key) {
        return of(key, Optional.empty());
    }

    static KeyView of(KeyStore.Created created) {
        return of(created.key(), Optional.of(created.secret()));
    }

    private static KeyView of(ApiKey key, Optional<String> secret) {
        return new KeyView(
                key.id(),
                "api_key",
                key.name(),
                key.role().id(),
                key.quota().perMinute(),
                key.quota().perDay(),
                key.created().getEpochSecond(),
                key.revoked().map(Instant::getEpochSecond).map(OptionalLong::of).orElse(OptionalLong.empty()),
                secret);
    }
}
