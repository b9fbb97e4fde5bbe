package dev.nextstep.data.npm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackagesTest {
    @TempDir
    Path cache;

    private final byte[] tarball = tarball();
    private final NpmPackage wanted = new NpmPackage("@acme/icons", "1.2.3", FakeRegistry.integrity(tarball));
    private FakeRegistry registry;

    NpmPackagesTest() throws IOException {
        registry = new FakeRegistry(tarball);
    }

    private static byte[] tarball() throws IOException {
        return FakeRegistry.tarball(Map.of("a.json", "{\"a\":1}", "b.txt", "b".repeat(5000)));
    }

    @BeforeEach
    void ranges() {
        registry.ranges.clear();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void fetchesOnceAndReadsWhatIsAskedFor() {
        var packages = packages(NpmAccess.ONLINE);

        var files = packages.read(wanted, List.of("b.txt", "a.json"));

        assertThat(files.keySet()).containsExactly("b.txt", "a.json");
        assertThat(new String(files.getOrDefault("a.json", new byte[0]), UTF_8)).isEqualTo("{\"a\":1}");
        packages(NpmAccess.OFFLINE).read(wanted, List.of("a.json"));
        assertThat(registry.paths).containsExactly("/@acme/icons/-/icons-1.2.3.tgz");
    }

    @Test
    void refusesOtherBytesAndKeepsNothingOfThem() throws IOException {
        registry.serve(FakeRegistry.tarball(Map.of("a.json", "{\"a\":2}")));

        assertThatThrownBy(() -> packages(NpmAccess.ONLINE).tarball(wanted))
                .isInstanceOfSatisfying(
                        NpmException.class, e -> assertThat(e.reason()).isEqualTo(NpmException.Reason.INTEGRITY))
                .hasMessageContaining("@acme/icons@1.2.3")
                .hasMessageContaining("SHA-512");
        try (var left = Files.list(cache)) {
            assertThat(left.filter(file -> file.toString().endsWith(".tgz"))).isEmpty();
        }
        registry.serve(tarball);
        assertThat(packages(NpmAccess.ONLINE).tarball(wanted)).hasBinaryContent(tarball);
    }

    @Test
    void aTarballThatChangedInTheCacheIsFetchedAgain() throws IOException {
        var file = packages(NpmAccess.ONLINE).tarball(wanted);
        var damaged = tarball.clone();
        damaged[100] ^= 1;
        Files.write(file, damaged);

        assertThatThrownBy(() -> packages(NpmAccess.OFFLINE).tarball(wanted))
                .isInstanceOfSatisfying(
                        NpmException.class, e -> assertThat(e.reason()).isEqualTo(NpmException.Reason.INTEGRITY));
        assertThat(packages(NpmAccess.ONLINE).tarball(wanted)).hasBinaryContent(tarball);
    }

    @Test
    void continuesWhatWasBegun() throws IOException {
        Files.write(cache.resolve("acme-icons-1.2.3.tgz.part"), Arrays.copyOf(tarball, 40));

        assertThat(packages(NpmAccess.ONLINE).tarball(wanted)).hasBinaryContent(tarball);
        assertThat(registry.ranges).containsExactly("bytes=40-");
    }

    @Test
    void beginsAnewWhenTheBeginningWasSomethingElse() throws IOException {
        Files.write(cache.resolve("acme-icons-1.2.3.tgz.part"), new byte[40]);

        assertThat(packages(NpmAccess.ONLINE).tarball(wanted)).hasBinaryContent(tarball);
        assertThat(registry.ranges).containsExactly("bytes=40-", "");
    }

    @Test
    void saysWhatToDoWhenOffline() {
        assertThatThrownBy(() -> packages(NpmAccess.OFFLINE).tarball(wanted))
                .isInstanceOfSatisfying(
                        NpmException.class, e -> assertThat(e.reason()).isEqualTo(NpmException.Reason.OFFLINE))
                .hasMessageContaining("acme-icons-1.2.3.tgz")
                .hasMessageContaining("NPM_CONFIG_OFFLINE");
    }

    @Test
    void namesTheRegistryThatCannotBeReached() {
        registry.close();

        assertThatThrownBy(() -> packages(NpmAccess.ONLINE).tarball(wanted))
                .isInstanceOfSatisfying(
                        NpmException.class, e -> assertThat(e.reason()).isEqualTo(NpmException.Reason.NETWORK))
                .hasMessageContaining("/@acme/icons/-/icons-1.2.3.tgz")
                .hasMessageContaining("NPM_CONFIG_REGISTRY");
    }

    @Test
    void namesTheFileThatThePackageLacks() {
        assertThatThrownBy(() -> packages(NpmAccess.ONLINE).read(wanted, List.of("a.json", "c.json")))
                .isInstanceOfSatisfying(
                        NpmException.class, e -> assertThat(e.reason()).isEqualTo(NpmException.Reason.CONTENT))
                .hasMessageContaining("c.json");
    }

    @Test
    void readsNpmsOwnVariables() {
        var settings = NpmSettings.fromEnvironment(
                Map.of("npm_config_registry", "https://mirror.example/npm/", "NPM_CONFIG_OFFLINE", "true"), cache);

        assertThat(settings.registry()).isEqualTo(URI.create("https://mirror.example/npm"));
        assertThat(settings.access()).isEqualTo(NpmAccess.OFFLINE);
        assertThat(NpmSettings.fromEnvironment(Map.of(), cache).registry()).isEqualTo(NpmSettings.DEFAULT_REGISTRY);
        assertThatThrownBy(() -> NpmSettings.fromEnvironment(Map.of("NPM_CONFIG_REGISTRY", "mirror"), cache))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NPM_CONFIG_REGISTRY");
    }

    private NpmPackages packages(NpmAccess access) {
        return new NpmPackages(new NpmSettings(registry.address(), cache, access));
    }
}
