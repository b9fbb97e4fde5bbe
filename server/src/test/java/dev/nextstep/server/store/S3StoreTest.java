package dev.nextstep.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nextstep.server.store.ContentStore.Safety;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of stores against a server that speaks S3, and what only such a store has. */
class S3StoreTest extends ContentStoreContract {
    @SuppressWarnings("NullAway.Init")
    private S3Server server;

    @Override
    ContentStore open() {
        return open("server/one/");
    }

    private ContentStore open(String prefix) {
        if (server == null) {
            server = S3Server.start(folder);
        }
        return S3Store.open(server.bucket(S3Server.BUCKET, prefix, S3Server.KEYS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    void leaveUnfinished() {
        new S3Requests(server.bucket(S3Server.BUCKET, "server/one/", S3Server.KEYS))
                .put("sweeping-" + "0".repeat(64) + "-somebody", new byte[0]);
    }

    @Override
    int rounds() {
        return 60;
    }

    @Test
    void freeRoomIsNotKnown() {
        assertThat(open().free()).isEmpty();
    }

    @Test
    void storesWithOtherPrefixesDoNotSeeEachOther() {
        var hash = open("").put(new byte[] {1}, Safety.FORCED);
        assertThat(open("two/").get(hash)).isEmpty();
        assertThat(open("two/").sweep(name -> false, Duration.ZERO)).isZero();
        assertThat(open("").get(hash)).isPresent();
        assertThat(Files.exists(folder.resolve(S3Server.BUCKET).resolve(hash))).isTrue();
    }

    /** More than one answer of the store can name. */
    @Test
    void sweepsManyObjects() {
        var store = open();
        var hashes = new ArrayList<String>();
        for (int i = 0; i < 1010; i++) {
            hashes.add(store.put(new byte[] {(byte) i, (byte) (i >> 8)}, Safety.CACHED));
        }
        var kept = hashes.get(500);
        assertThat(store.sweep(kept::equals, Duration.ofMinutes(-1))).isEqualTo(1009);
        assertThat(store.get(kept)).isPresent();
        assertThat(store.get(hashes.getFirst())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pictures, gallery, wrong, 403",
        "pictures, nobody, only-for-tests, 403",
        "others, gallery, only-for-tests, 404"
    })
    void whoMayNotIsToldAtOnce(String bucket, String access, String secret, String status) {
        var keys = new S3Address.Keys(access, secret);
        assertThatThrownBy(() -> S3Store.open(server.bucket(bucket, "", keys)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(status)
                .hasMessageNotContaining(secret);
    }

    @Test
    void missingKeysAreNamed() {
        assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).isNull();
        var address =
                new S3Address(S3Server.BUCKET, "", "us-east-1", Optional.of(server.address()), true, Optional.empty());
        assertThatThrownBy(() -> S3Store.open(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3-access-key")
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
    }

    /** A store that is away is not a store that has nothing. */
    @Test
    void nothingIsSaidToBeGoneWhileTheStoreIsAway() {
        var store = open();
        var hash = store.put(new byte[] {1}, Safety.FORCED);
        server.stop();
        assertThatThrownBy(() -> store.get(hash)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.put(new byte[] {2}, Safety.FORCED)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.sweep(name -> false, Duration.ZERO)).isInstanceOf(StoreException.class);
        server.goOn();
        assertThat(store.get(hash)).contains(new byte[] {1});
    }
}
