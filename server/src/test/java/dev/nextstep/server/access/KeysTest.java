package dev.nextstep.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.RunningServer;
import dev.nextstep.server.RunningServer.Answer;
import dev.nextstep.server.config.DatabaseSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.http.Role;
import dev.nextstep.server.queue.Database;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no key is not let in, and who has one may do what it allows. */
class KeysTest {
    private static final String QUICK = "{\"prompt\": \"a heart\", \"size\": \"16x16\", \"steps\": 2}";
    private static final String SLOW = "{\"prompt\": \"a heart\", \"size\": \"256x256\", \"steps\": 500}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static String admin;

    @BeforeAll
    static void start() {
        var embedded = new DatabaseSettings(Optional.empty(), "", "");
        try (var database = Database.open(embedded, data)) { // as 'nextstep serve keys create' does
            admin = new KeyStore(database).create("ops", Role.ADMIN, Quota.NONE).secret();
        }
        server = RunningServer.start(data, Map.of(Setting.KEYS, "required"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer get(String path, String key) {
        return server.get(path, "Authorization", "Bearer " + key);
    }

    private static Answer post(String path, String json, String key) {
        return server.post(path, json, "Authorization", "Bearer " + key);
    }

    private static Answer delete(String path, String key) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + key)
                .DELETE());
    }

    private static Answer newKey(String json) {
        var answer = post("/v1/keys", json, admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String secret(String json) {
        return newKey(json).json().path("secret").asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/jobs",
                "/v1/models",
                "/v1/models/emoji",
                "/v1/keys",
                "/v1/jobs/job_1",
                "/v1/jobs/job_1/events",
                "/v1/jobs/job_1/pictures/0",
                "/v1/jobs/job_1/package.zip",
                "/v1/workflows",
                "/v1/workflows/brand",
                "/v1//jobs",
                "/v1/jobs/../models",
                "/v1/jobs;x=/health/live"
            })
    void withoutAGoodKeyNothingIsAnswered(String path) {
        for (var headers : new String[][] {
            {},
            {"Authorization", ""},
            {"Authorization", "Bearer"},
            {"Authorization", "Bearer " + KeyStore.PREFIX + "A".repeat(43)},
            {"Authorization", "Basic " + admin},
            {"Authorization", "Bearer " + admin.toLowerCase(java.util.Locale.ROOT)},
            {"X-Api-Key", admin}
        }) {
            var answer = server.get(path, headers);
            assertThat(answer.status()).as(answer.text()).isIn(400, 401, 404);
            if (!path.contains("..") && !path.contains("//") && !path.contains(";")) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.code()).isEqualTo("invalid_api_key");
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
        assertThat(server.post("/v1/images/generations", QUICK).status()).isEqualTo(401);
        assertThat(server.get("/health/ready").status()).as("is open to all").isEqualTo(200);
    }

    @Test
    void aKeySeesItsOwnJobsAndAnAdministratorAll() {
        var alice = secret("{\"name\": \"alice\"}");
        var bob = secret("{\"name\": \"bob\", \"role\": \"generate\"}");
        var job = post("/v1/jobs", SLOW, alice).json();
        var path = "/v1/jobs/" + job.path("id").asString();
        assertThat(get(path, alice).status()).isEqualTo(200);
        assertThat(get(path, bob).code()).isEqualTo("not_found");
        assertThat(get(path + "/events", bob).status()).isEqualTo(404);
        assertThat(delete(path, bob).status()).isEqualTo(404);
        assertThat(get("/v1/jobs", bob).json().path("data")).isEmpty();
        assertThat(get("/v1/jobs?owner=" + job.path("owner").asString(), bob).code())
                .isEqualTo("forbidden");
        assertThat(get("/v1/jobs?owner=" + job.path("owner").asString(), alice)
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(get("/v1/jobs?owner=" + job.path("owner").asString(), admin)
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(get("/v1/jobs?limit=100", admin).json().path("data")).isNotEmpty();
        assertThat(delete(path, admin).json().path("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void onlyAnAdministratorMakesKeysAndARevokedOneIsWorthNothing() {
        var made = newKey("{\"name\": \"carol\", \"per_minute\": 7}").json();
        var carol = made.path("secret").asString();
        assertThat(carol).startsWith(KeyStore.PREFIX).hasSizeGreaterThan(40);
        assertThat(post("/v1/keys", "{\"name\": \"x\", \"role\": \"admin\"}", carol)
                        .code())
                .isEqualTo("forbidden");
        assertThat(get("/v1/keys", carol).status()).isEqualTo(403);
        assertThat(get("/v1/models", carol).status()).isEqualTo(200);
        var id = made.path("id").asString();
        assertThat(delete("/v1/keys/" + id, carol).status()).isEqualTo(403);
        var revoked = delete("/v1/keys/" + id, admin).json();
        assertThat(revoked.path("revoked_at").longValue()).isPositive();
        assertThat(get("/v1/models", carol).status()).isEqualTo(401);
        assertThat(delete("/v1/keys/key_none", admin).status()).isEqualTo(404);
        var list = get("/v1/keys", admin);
        assertThat(list.text()).doesNotContain(carol).doesNotContain("secret").contains(id, "\"per_minute\":7");
        assertThat(post("/v1/keys", "{\"role\": \"admin\"}", admin).code()).isEqualTo("missing_required_parameter");
        assertThat(post("/v1/keys", "{\"name\": \" \"}", admin).code()).isEqualTo("invalid_value");
    }

    @Test
    void quotasCountPicturesAndSayWhenToComeBack() {
        var key = secret("{\"name\": \"few\", \"per_day\": 4}");
        var three = "{\"prompt\": \"a heart\", \"size\": \"16x16\", \"steps\": 2, \"n\": 3}";
        assertThat(server.post("/v1/jobs", three, "Authorization", "Bearer " + key, "Idempotency-Key", "1")
                        .status())
                .isEqualTo(202);
        assertThat(server.post("/v1/jobs", three, "Authorization", "Bearer " + key, "Idempotency-Key", "1")
                        .status())
                .as("sent again")
                .isEqualTo(202);
        var refused = post("/v1/jobs", three, key);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_400);
        assertThat(post("/v1/images/generations", QUICK, key).status()).isEqualTo(200);
        assertThat(post("/v1/images/generations", QUICK, key).status()).isEqualTo(429);
        assertThat(post("/v1/jobs", three.replace("3}", "5}"), key).code()).isEqualTo("too_large");

        var minute = secret("{\"name\": \"slow\", \"per_minute\": 1}");
        var statuses = new HashSet<Integer>();
        for (int i = 0; i < 3; i++) { // the minute of the clock can end once in between
            var answer = post("/v1/images/generations", QUICK, minute);
            statuses.add(answer.status());
            if (answer.status() == 429) {
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 429);
    }

    @Test
    void onlyTheHashOfAKeyIsOnTheDisk(@TempDir Path folder) throws Exception {
        var embedded = new DatabaseSettings(Optional.empty(), "", "");
        String secret;
        try (var database = Database.open(embedded, folder)) {
            var keys = new KeyStore(database);
            var created = keys.create("x", Role.GENERATE, new Quota(OptionalInt.of(1), OptionalInt.empty()));
            secret = created.secret();
            assertThat(created.toString()).doesNotContain(secret);
            assertThat(keys.find(secret)).contains(created.key());
            assertThat(keys.find(secret + "x")).isEmpty();
            assertThat(keys.find("' OR 1=1")).isEmpty();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret)
                        .doesNotContain(secret.substring(KeyStore.PREFIX.length()));
            }
        }
    }

    @Test
    void listsAreTheirOwnersAndCountAllTheirPictures() {
        var key = secret("{\"name\": \"lists\", \"per_day\": 3}");
        var other = secret("{\"name\": \"no lists\"}");
        var list =
                "{\"prompts\": [{\"prompt\": \"a star\", \"count\": 2}], \"settings\": {\"size\": \"16x16\", \"steps\": 2}}";
        var job = post("/v1/batches", list, key);
        assertThat(job.status()).as(job.text()).isEqualTo(202);
        var pack = "/v1/jobs/%s/package.zip".formatted(job.json().path("id").asString());
        assertThat(get(pack, other).status()).isEqualTo(404);
        assertThat(get(pack, key).status()).isIn(200, 409);
        var beyond = post("/v1/batches", list, key);
        assertThat(beyond.code()).as(beyond.text()).isEqualTo("rate_limit_exceeded");
    }
}
