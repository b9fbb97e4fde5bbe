package dev.nextstep.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pointers and locks of the cache. */
@Timeout(30)
class CacheFilesTest {
    @TempDir
    private Path directory = Path.of("unset");

    @ParameterizedTest
    @EnumSource(Pointer.class)
    void aPointerReplacesWhatWasThere(Pointer pointer) throws IOException {
        var blob = Files.writeString(directory.resolve("blob"), "content");
        var file = directory.resolve("a/b/file");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of("nowhere"));
        pointer.place(blob, file);
        assertThat(file).hasContent("content");
        assertThat(Files.isSymbolicLink(file)).isEqualTo(pointer == Pointer.SYMBOLIC_LINK);
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aRefThatIsNoCommitCountsAsNone() throws IOException {
        var layout = new CacheLayout(directory, HubReference.parse("a/b@refs/pr/1"));
        var reference = HubReference.parse("a/b@refs/pr/1");
        Files.createDirectories(layout.root());
        layout.writeCommit(reference, FakeHub.COMMIT);
        assertThat(layout.root().resolve("refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
        assertThat(layout.commit(reference)).contains(FakeHub.COMMIT);
        Files.writeString(layout.root().resolve("refs/refs/pr/1"), "../../../etc");
        assertThat(layout.commit(reference)).isEmpty();
    }

    @Test
    void aSecondThreadWaitsForTheLock() throws IOException {
        var file = directory.resolve(".locks/x.lock");
        long end = System.nanoTime() + 200_000_000;
        try (var _ = BlobLock.take(file, new Stop(() -> false))) {
            assertThatThrownBy(() -> BlobLock.take(file, new Stop(() -> System.nanoTime() > end)))
                    .isInstanceOf(CancellationException.class);
        }
        BlobLock.take(file, new Stop(() -> false)).close();
    }

    @Test
    void anotherProcessWaitsForTheLock() throws Exception {
        var file = directory.resolve("y.lock");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var other = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked");
            long end = System.nanoTime() + 200_000_000;
            assertThatThrownBy(() -> BlobLock.take(file, new Stop(() -> System.nanoTime() > end)))
                    .isInstanceOf(CancellationException.class);
            // The system gives the lock of a dead process back.
            other.destroyForcibly();
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            BlobLock.take(file, new Stop(() -> false)).close();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Holds the lock until it is ended. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (var channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                System.out.println(lock.isValid() ? "locked" : "not locked");
                Thread.sleep(20_000);
            }
        }
    }
}
