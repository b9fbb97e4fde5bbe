package dev.nextstep.server.access;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Bodies;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.http.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/keys}: what {@code nextstep serve keys} does, while the server runs; for administrators. */
@RestController
public final class KeysController {
    private static final int MOST = 1_000_000_000;

    private static final Parameter<String> NAME =
            Parameter.text("name", ApiKey.LONGEST_NAME, "Who gets the key; for people.");

    private static final Parameter<String> ROLE = Parameter.choice(
            "role",
            Arrays.stream(Role.values()).map(Role::id).toList(),
            "What it may do: generate pictures, or everything; 'generate' if not given.");

    private static final Parameter<Integer> PER_MINUTE =
            Parameter.integer("per_minute", 1, MOST, "Pictures in a minute; as many as the queue takes if not given.");

    private static final Parameter<Integer> PER_DAY =
            Parameter.integer("per_day", 1, MOST, "Pictures in a day of UTC; as many as the queue takes if not given.");

    /** Parameters of a new key, in the order of the documentation. */
    public static final List<Parameter<?>> PARAMETERS = List.of(NAME, ROLE, PER_MINUTE, PER_DAY);

    private final KeyStore keys;

    /** Tells about and changes these keys. */
    public KeysController(KeyStore keys) {
        this.keys = keys;
    }

    /** Makes a key; its secret is in this answer, and never again. */
    @PostMapping("/v1/keys")
    public ResponseEntity<KeyView> create(HttpServletRequest request) {
        Caller.of(request).requireAdmin();
        var given = Parameters.ofJson(Json.object(Bodies.json(request)), PARAMETERS);
        var role = given.get(ROLE).flatMap(Role::of).orElse(Role.GENERATE);
        var quota = new Quota(optional(given.get(PER_MINUTE)), optional(given.get(PER_DAY)));
        try {
            var created = keys.create(given.require(NAME), role, quota);
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(KeyView.of(created));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(NAME.name(), String.valueOf(e.getMessage()));
        }
    }

    private static OptionalInt optional(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** All keys, also those that are revoked. */
    @GetMapping("/v1/keys")
    public KeyView.KeyList list(HttpServletRequest request) {
        Caller.of(request).requireAdmin();
        return new KeyView.KeyList("list", keys.list().stream().map(KeyView::of).toList());
    }

    /** Makes a key worthless, from the next request on. */
    @DeleteMapping("/v1/keys/{id}")
    public KeyView revoke(@PathVariable("id") String id, HttpServletRequest request) {
        Caller.of(request).requireAdmin();
        return keys.revoke(id).map(KeyView::of).orElseThrow(() -> ApiException.notFound("key", id));
    }
}
