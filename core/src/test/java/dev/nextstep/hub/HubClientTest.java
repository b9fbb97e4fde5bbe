package dev.nextstep.hub;

import static dev.nextstep.hub.FakeHub.COMMIT;
import static dev.nextstep.hub.FakeHub.drop;
import static dev.nextstep.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from a hub that behaves and from one that does not. */
@Timeout(30)
class HubClientTest {
    private static final HubReference REFERENCE = HubReference.parse(FakeHub.REPOSITORY);
    private static final byte[] CONFIG = "{\"hidden_size\": 64}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WEIGHTS = random(3_000_000);

    @TempDir
    private Path cache = Path.of("unset");

    private final FakeHub hub = new FakeHub()
            .small("config.json", CONFIG)
            .large("model.safetensors", WEIGHTS)
            .large("vae/checkpoint.pt", random(5000))
            .small("modeling_nextstep.py", new byte[] {1, 2, 3})
            .small("README.md", new byte[] {4});
    private final RecordedBackoff backoff = new RecordedBackoff();
    private long freeBytes = Long.MAX_VALUE;

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private HubClient client() {
        return new HubClient(
                hub.settings(cache), new Surroundings(backoff, directory -> freeBytes, Duration.ofMillis(1500)));
    }

    private Path pull() {
        return client().pull(REFERENCE, PullOptions.modelFiles(), PullListener.NONE);
    }

    private void assertWhole(Path snapshot) throws IOException {
        assertThat(snapshot.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(snapshot.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        try (var blobs = Files.list(repository().resolve("blobs"))) {
            assertThat(blobs.map(b -> b.getFileName().toString())).noneMatch(name -> name.endsWith(".incomplete"));
        }
    }

    private Path repository() {
        return cache.resolve("models--acme--tiny-model");
    }

    private Path incompleteWeights() {
        return repository().resolve("blobs").resolve(FakeHub.sha256(WEIGHTS) + ".incomplete");
    }

    private void assertRefused(HubException.Reason reason, String... words) {
        assertThatThrownBy(this::pull)
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n", "hf_secret", "s3cret");
    }

    @Test
    void laysFilesOutAsOtherClientsDo() throws IOException {
        var snapshot = pull();
        assertWhole(snapshot);
        assertThat(snapshot).isEqualTo(repository().resolve("snapshots").resolve(COMMIT));
        assertThat(repository().resolve("refs/main")).hasContent(COMMIT);
        assertThat(Files.readSymbolicLink(snapshot.resolve("config.json")))
                .isEqualTo(Path.of("../../blobs", FakeHub.gitBlob(CONFIG)));
        assertThat(Files.readSymbolicLink(snapshot.resolve("vae/checkpoint.pt")))
                .isEqualTo(Path.of("../../../blobs", FakeHub.sha256(random(5000))));
        assertThat(snapshot.resolve("modeling_nextstep.py")).doesNotExist();
        assertThat(snapshot.resolve("README.md")).doesNotExist();
        try (var left = Files.list(repository())) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("blobs", "refs", "snapshots");
        }
        assertThat(client().cached(REFERENCE)).contains(snapshot);
    }

    @Test
    void theTokenStaysAtTheEndpoint() {
        pull();
        assertThat(hub.contentRequests("network")).hasSize(2);
        assertThat(hub.requests).allSatisfy(request -> {
            if (request.server().equals("hub")) {
                assertThat(request.header("Authorization")).contains("Bearer hf_secret");
            } else {
                assertThat(request.header("Authorization")).isEmpty();
            }
        });
    }

    @Test
    void theTokenDoesNotComeBackOverAnotherHost() {
        hub.misbehave(
                "GET config.json",
                status(302, "Location", hub.networkAddress("/away").toString()));
        hub.misbehave("GET /away", status(302, "Location", hub.endpoint() + "/home"));
        hub.misbehave("GET /home", (exchange, content) -> FakeHub.serve(exchange, CONFIG, "x"));
        pull();
        assertThat(hub.requests)
                .filteredOn(request -> request.path().equals("/home"))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void aSecondPullFetchesNothing() {
        pull();
        hub.requests.clear();
        pull();
        assertThat(hub.requests).hasSize(2).allMatch(request -> request.path().startsWith("/api/"));
    }

    @Test
    void whatAnotherClientFetchedIsUsed() throws IOException {
        var blobs = Files.createDirectories(repository().resolve("blobs"));
        Files.write(blobs.resolve(FakeHub.sha256(WEIGHTS)), WEIGHTS);
        Files.write(blobs.resolve(FakeHub.gitBlob(CONFIG)), CONFIG);
        var snapshot = Files.createDirectories(repository().resolve("snapshots").resolve(COMMIT));
        Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs", FakeHub.gitBlob(CONFIG)));
        assertWhole(pull());
        assertThat(hub.contentRequests("network"))
                .extracting(FakeHub.Request::path)
                .containsExactly("/content/vae/checkpoint.pt");
        assertThat(hub.contentRequests("hub"))
                .noneMatch(request -> request.path().endsWith("config.json"));
    }

    @Test
    void aDroppedConnectionIsContinued() throws IOException {
        hub.misbehave("GET model.safetensors", drop(1_200_000), drop(900_000));
        assertWhole(pull());
        var requests = hub.contentRequests("network").stream()
                .filter(request -> request.path().endsWith("model.safetensors"))
                .toList();
        assertThat(requests).hasSize(3);
        assertThat(requests.get(1).header("Range").orElse(""))
                .isNotEqualTo("bytes=0-")
                .startsWith("bytes=");
        assertThat(requests.get(1).header("If-Range")).contains("\"network-3000000\"");
        assertThat(backoff.pauses).hasSize(2);
    }

    @Test
    void groundGainedCountsAgainstGivingUp() throws IOException {
        hub.misbehave("GET model.safetensors", drop(1_100_000), drop(1000), drop(1000), drop(1_100_000), drop(1000));
        assertWhole(pull());
        assertThat(backoff.pauses).hasSize(5);
    }

    @Test
    void anIgnoredRangeBeginsAnew() throws IOException {
        hub.misbehave("GET model.safetensors", drop(1_000_000), (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        assertWhole(pull());
    }

    @Test
    void aWrongRangeIsNotBelieved() throws IOException {
        hub.misbehave("GET model.safetensors", drop(1_000_000), (exchange, content) -> {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes 5-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(206, content.length - 5);
            exchange.getResponseBody().write(content, 5, content.length - 5);
        });
        assertWhole(pull());
    }

    @Test
    void aRefusedRangeBeginsAnew() throws IOException {
        hub.misbehave("GET model.safetensors", drop(1_000_000), status(416));
        assertWhole(pull());
        assertThat(hub.contentRequests("network").getLast().header("Range")).isEmpty();
    }

    private static FakeHub.Misdeed chunked(int length) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Arrays.copyOf(content, length));
        };
    }

    @Test
    void tooFewAndTooManyBytesAreNoticed() throws IOException {
        hub.misbehave("GET model.safetensors", chunked(WEIGHTS.length - 1), chunked(WEIGHTS.length + 1));
        hub.misbehave("GET config.json", chunked(CONFIG.length + 100), chunked(3));
        assertWhole(pull());
        assertThat(backoff.pauses).hasSizeBetween(3, 4);
    }

    @Test
    void aLieAboutTheLengthEndsAfterSomeAttempts() {
        FakeHub.Misdeed lie = (exchange, content) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(content, 0, 1000);
        };
        hub.misbehave("GET model.safetensors", lie, lie, lie, lie);
        assertRefused(
                HubException.Reason.INTEGRITY, "model.safetensors", "wrong length", "1000", "3000000", "4 attempts");
    }

    @Test
    void theServersWaitIsHonoured() throws IOException {
        hub.misbehave("GET model.safetensors", status(429, "Retry-After", "17"));
        hub.misbehave("HEAD config.json", status(503, "Retry-After", "3"));
        assertWhole(pull());
        assertThat(backoff.pauses).containsExactlyInAnyOrder(Duration.ofSeconds(17), Duration.ofSeconds(3));
    }

    @Test
    void anAbsurdWaitIsToldInsteadOfWaited() {
        hub.misbehave("GET config.json", status(429, "Retry-After", "86400"));
        assertRefused(HubException.Reason.SERVER, "too many requests", "86400 s");
        assertThat(backoff.pauses).isEmpty();
    }

    @Test
    void serverErrorsPass() throws IOException {
        hub.misbehave("GET /api/models/acme/tiny-model/revision/main", status(500), status(502));
        hub.misbehave("GET config.json", status(408), status(500), status(504));
        assertWhole(pull());
        assertThat(backoff.pauses).hasSize(5);
    }

    @Test
    void serverErrorsThatStayAreToldAndKeepTheRest() throws IOException {
        hub.misbehave("GET config.json", status(500), status(500), status(500), status(500));
        assertRefused(HubException.Reason.SERVER, "config.json", "answers 500", "4 attempts");
        assertThat(repository().resolve("refs/main")).doesNotExist();
        assertThat(client().cached(REFERENCE)).isEmpty();
        assertWhole(pull());
    }

    @Test
    void anExpiredSignatureIsAskedForAnew() throws IOException {
        hub.misbehave("GET model.safetensors", drop(500_000), status(403));
        assertWhole(pull());
    }

    @Test
    void aChangedEtagBeginsAnew() throws IOException {
        var old = random(CONFIG.length);
        hub.misbehave("HEAD config.json", (exchange, content) -> FakeHub.serve(exchange, old, "old"));
        hub.misbehave("GET config.json", (exchange, content) -> {
            exchange.getResponseHeaders().set("ETag", "\"old\"");
            exchange.sendResponseHeaders(200, old.length);
            exchange.getResponseBody().write(old, 0, 10);
            exchange.getResponseBody().flush();
            throw new IOException("dropped");
        });
        hub.misbehave("HEAD config.json", (exchange, content) -> FakeHub.serve(exchange, old, "old"));
        assertThat(pull().resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(hub.contentRequests("hub"))
                .filteredOn(request -> request.path().endsWith("config.json"))
                .extracting(request -> request.header("If-Range").orElse("none"))
                .containsExactly("none", "\"old\"", "none");
    }

    @Test
    void damageOnDiskIsRepaired() throws IOException {
        Files.createDirectories(incompleteWeights().getParent());
        Files.write(incompleteWeights(), new byte[1000]);
        assertWhole(pull());
        assertThat(backoff.pauses).hasSize(1);
    }

    @Test
    void aWholeButUnnamedDownloadIsNotFetchedAgain() throws IOException {
        Files.createDirectories(incompleteWeights().getParent());
        Files.write(incompleteWeights(), WEIGHTS);
        assertWhole(pull());
        assertThat(hub.contentRequests("network"))
                .noneMatch(request -> request.path().endsWith("model.safetensors"));
    }

    @Test
    void damageOnTheWayIsRefused() {
        hub.misbehave("GET model.safetensors", (exchange, content) -> {
            var damaged = content.clone();
            damaged[2_000_000] ^= 1;
            FakeHub.serve(exchange, damaged, "x");
        });
        assertRefused(HubException.Reason.INTEGRITY, "model.safetensors", "SHA-256 " + FakeHub.sha256(WEIGHTS));
        assertThat(incompleteWeights()).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../config.json",
                "/etc/config.json",
                "vae/../../config.json",
                "vae//x",
                "vae/./x",
                "..\\\\config.json",
                "C:/config.json",
                "a\\u0000b.safetensors",
                "a\\u001b[2J.safetensors",
                "a\\u202egpj.safetensors",
                ""
            })
    void hostileNamesAreRefused(String name) throws IOException {
        hub.listOverride =
                "[{\"type\":\"file\",\"path\":\"" + name + "\",\"size\":1,\"oid\":\"" + "0".repeat(40) + "\"}]";
        assertRefused(HubException.Reason.UNSAFE_NAME, "file name", "nothing was fetched");
        try (var left = Files.list(cache)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>log in</html>",
                "{}",
                "[",
                "[{\"type\":\"file\",\"path\":\"config.json\",\"size\":1}]",
                "[{\"type\":\"file\",\"path\":\"config.json\",\"size\":-1,\"oid\":\"0123456789012345678901234567890123456789\"}]",
                "[{\"type\":\"file\",\"path\":\"config.json\",\"size\":1e300,\"oid\":\"0123456789012345678901234567890123456789\"}]",
                "[{\"type\":\"file\",\"path\":\"config.json\",\"size\":1,\"oid\":\"../../../../tmp/x\"}]"
            })
    void otherListsAreRefused(String list) {
        hub.listOverride = list;
        assertRefused(HubException.Reason.SERVER, "HF_ENDPOINT");
    }

    @Test
    void anEtagCannotNameAFileElsewhere() {
        hub.misbehave("HEAD config.json", (exchange, content) -> FakeHub.serve(exchange, content, "../../x"));
        assertRefused(HubException.Reason.SERVER, "ETag", "../../x");
    }

    @Test
    void mutatedListsNeverCauseAnotherException() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var list = "[{\"type\":\"file\",\"path\":\"config.json\",\"size\":" + CONFIG.length + ",\"oid\":\""
                + FakeHub.gitBlob(CONFIG) + "\",\"lfs\":{\"oid\":\"" + "a".repeat(64) + "\",\"size\":3}}]";
        for (int i = 0; i < 60; i++) {
            var text = new StringBuilder(list);
            for (int k = random.nextInt(4); k >= 0; k--) {
                text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            }
            hub.listOverride = text.toString();
            try {
                pull();
            } catch (HubException expected) {
                assertThat(expected).as("seed %d", seed).message().doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + hub.listOverride, e);
            }
        }
    }

    @Test
    void gatedAndPrivateRepositoriesSayWhatToDo() {
        var api = "GET /api/models/acme/tiny-model/revision/main";
        hub.misbehave(api, status(403, "X-Error-Code", "GatedRepo", "X-Error-Message", "Access is restricted."));
        assertRefused(HubException.Reason.ACCESS, "gated", "licence", "HF_TOKEN", "Access is restricted.");
        hub.misbehave(api, status(401));
        assertRefused(HubException.Reason.ACCESS, "does not exist, is private or is gated", "HF_TOKEN");
        hub.misbehave("HEAD config.json", status(403, "X-Error-Code", "GatedRepo"));
        assertRefused(HubException.Reason.ACCESS, "gated");
    }

    @Test
    void missingThingsAreNamed() {
        var api = "GET /api/models/acme/tiny-model/revision/main";
        hub.misbehave(api, status(404, "X-Error-Code", "RepoNotFound"));
        assertRefused(HubException.Reason.NOT_FOUND, "not found", "acme/tiny-model@main");
        hub.misbehave(api, status(404, "X-Error-Code", "RevisionNotFound"));
        assertRefused(HubException.Reason.NOT_FOUND, "no revision 'main'");
        hub.misbehave("HEAD config.json", status(404, "X-Error-Code", "EntryNotFound"));
        assertRefused(HubException.Reason.NOT_FOUND, "config.json", "no such file");
        assertThatThrownBy(() -> client().pull(
                                REFERENCE,
                                PullOptions.modelFiles().withFiles(List.of("*.gguf"), List.of()),
                                PullListener.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("*.gguf");
    }

    @Test
    void longListsComeInPagesFromTheEndpointOnly() throws IOException {
        hub.pageSize = 2;
        assertWhole(pull());
        assertThat(hub.requests.stream().filter(request -> request.path().contains("/tree/")))
                .hasSize(3)
                .allMatch(request -> request.server().equals("hub"));
    }

    @Test
    void pagesThatDoNotEndAreRefused() {
        FakeHub.Misdeed circle = (exchange, content) -> {
            exchange.getResponseHeaders().set("Link", "</x?cursor=abc>; rel=\"next\"");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'[', ']'});
        };
        hub.misbehave("GET /api/models/acme/tiny-model/tree/" + COMMIT, circle, circle, circle);
        assertRefused(HubException.Reason.SERVER, "do not end");
    }

    @Test
    void redirectsAreFollowedWithMeasure() throws IOException {
        var resolve = "/" + FakeHub.REPOSITORY + "/resolve/" + COMMIT;
        hub.misbehave("HEAD config.json", status(307, "Location", resolve + "/README.md"));
        hub.misbehave("HEAD README.md", status(307, "Location", hub.endpoint() + resolve + "/config.json"));
        // The first redirect led back to where it began: a circle.
        assertRefused(HubException.Reason.SERVER, "circle");
        hub.misbehave("HEAD config.json", status(307, "Location", "/renamed"));
        hub.misbehave("HEAD /renamed", (exchange, content) -> FakeHub.serve(exchange, CONFIG, FakeHub.gitBlob(CONFIG)));
        assertWhole(pull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "//"})
    void uselessRedirectsAreRefused(String location) {
        hub.misbehave("GET config.json", status(302, "Location", location));
        assertRefused(HubException.Reason.SERVER, "redirects to");
    }

    @Test
    void endlessRedirectsAreRefused() {
        for (int i = 0; i < 12; i++) {
            var from = i == 0 ? "GET config.json" : "GET /hop" + i;
            hub.misbehave(from, status(302, "Location", "/hop" + (i + 1)));
        }
        assertRefused(HubException.Reason.SERVER, "more than 10 redirects");
    }

    @Test
    void cancellingLeavesWhatCameAndTheNextPullGoesOn() throws IOException {
        var cancelled = new AtomicBoolean();
        hub.misbehave("GET model.safetensors", (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            for (int i = 0; i < content.length; i += 1000) {
                exchange.getResponseBody().write(content, i, 1000);
                exchange.getResponseBody().flush();
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
        PullListener listener = new PullListener() {
            @Override
            public void progress(PullProgress progress) {
                cancelled.set(progress.bytesDone() > 20_000);
            }
        };
        assertThatThrownBy(() ->
                        client().pull(REFERENCE, PullOptions.modelFiles().withCancellation(cancelled::get), listener))
                .isInstanceOf(CancellationException.class);
        long kept = Files.size(incompleteWeights());
        assertThat(kept).isBetween(10_000L, 1_000_000L);
        hub.requests.clear();
        assertWhole(pull());
        assertThat(hub.contentRequests("network"))
                .filteredOn(request -> request.path().endsWith("model.safetensors"))
                .singleElement()
                .satisfies(request -> assertThat(request.header("Range")).contains("bytes=" + kept + "-"));
    }

    @Test
    void aSilentServerIsLeftAndOneThatNeverAnswersCanBeCancelled() throws IOException {
        FakeHub.Misdeed silence = (exchange, content) -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        hub.misbehave("GET model.safetensors", (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
            silence.serve(exchange, content);
        });
        assertWhole(pull());
        assertThat(backoff.pauses).hasSize(1);
        hub.misbehave("GET /api/models/acme/tiny-model/revision/main", silence);
        long end = System.nanoTime() + 200_000_000;
        assertThatThrownBy(() -> client().pull(
                                REFERENCE,
                                PullOptions.modelFiles().withCancellation(() -> System.nanoTime() > end),
                                PullListener.NONE))
                .isInstanceOf(CancellationException.class);
        assertThat(System.nanoTime() - end).isLessThan(1_000_000_000L);
    }

    @Test
    void twoClientsAtOnceFetchOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var pulls = threads.invokeAll(List.<Callable<Path>>of(this::pull, this::pull));
            for (var pull : pulls) {
                assertWhole(pull.get());
            }
        }
        assertThat(hub.contentRequests("network")).hasSize(2);
    }

    @Test
    void equalContentsAreFetchedOnce() throws IOException {
        hub.large("copy.safetensors", WEIGHTS);
        assertThat(pull().resolve("copy.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(hub.contentRequests("network")).hasSize(2);
    }

    @Test
    void emptyFilesArrive() throws IOException {
        hub.small("vocab.json", new byte[0]);
        assertThat(pull().resolve("vocab.json")).isEmptyFile();
    }

    @Test
    void progressEndsAtTheTotal() {
        var seen = new ArrayList<PullProgress>();
        var retries = new ArrayList<String>();
        hub.misbehave("GET model.safetensors", drop(1_000_000), chunked(WEIGHTS.length + 1));
        client().pull(REFERENCE, PullOptions.modelFiles(), new PullListener() {
            @Override
            public void progress(PullProgress progress) {
                seen.add(progress);
            }

            @Override
            public void retry(String what, String failure, Duration wait) {
                retries.add(what);
            }
        });
        long total = (long) CONFIG.length + WEIGHTS.length + 5000;
        assertThat(seen.getFirst()).isEqualTo(new PullProgress(0, 3, 0, total, 0));
        assertThat(seen.getLast().filesDone()).isEqualTo(3);
        assertThat(seen.getLast().bytesDone()).isEqualTo(total);
        assertThat(seen).allMatch(p -> p.bytesDone() >= 0 && p.bytesDone() <= total && p.bytesPerSecond() >= 0);
        assertThat(retries).containsExactly("model.safetensors", "model.safetensors");
    }

    @Test
    void tooLittleRoomIsToldBeforeTheStart() throws IOException {
        Files.createDirectories(incompleteWeights().getParent());
        Files.write(incompleteWeights(), Arrays.copyOf(WEIGHTS, 1_000_000));
        long contents = (long) CONFIG.length + WEIGHTS.length + 5000;
        freeBytes = contents - 1_000_001;
        assertRefused(
                HubException.Reason.DISK_SPACE,
                contents + " bytes of 3 contents - 1000000 already there = " + (contents - 1_000_000) + " bytes",
                "1 bytes are missing",
                "HF_HUB_CACHE");
        assertThat(hub.contentRequests("network")).isEmpty();
        freeBytes++;
        assertWhole(pull());
    }

    @Test
    void offlineOnlyTheCacheCounts() throws IOException {
        var offline = new HubClient(hub.settings(cache).withAccess(HubAccess.OFFLINE));
        assertThatThrownBy(() -> offline.pull(REFERENCE, PullOptions.modelFiles(), PullListener.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(hub.requests).isEmpty();
        var snapshot = pull();
        assertThat(offline.pull(REFERENCE, PullOptions.modelFiles(), PullListener.NONE))
                .isEqualTo(snapshot);
        var commit = new HubReference("acme", "tiny-model", COMMIT);
        assertThat(offline.cached(commit)).contains(snapshot);
        Files.delete(repository().resolve("blobs").resolve(FakeHub.sha256(WEIGHTS)));
        assertThat(offline.cached(commit)).isEmpty();
    }

    @Test
    void anIndexWithoutItsShardsIsNoModel() throws IOException {
        hub.small(
                "model.safetensors.index.json",
                "{\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model.safetensors\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        var snapshot = pull();
        assertThat(client().cached(REFERENCE)).isEmpty();
        Files.write(snapshot.resolve("model-00001-of-00002.safetensors"), new byte[1]);
        assertThat(client().cached(REFERENCE)).contains(snapshot);
    }
}
