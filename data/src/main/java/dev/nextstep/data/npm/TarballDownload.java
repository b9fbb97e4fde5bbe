package dev.nextstep.data.npm;

import dev.nextstep.data.npm.NpmException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * Brings one tarball into the cache. A part that an earlier attempt left is continued; the checksum decides in the end, so
 * a part of something else costs one more attempt and no more.
 */
final class TarballDownload {
    private static final long LARGEST_TARBALL = 256L << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final NpmSettings settings;
    private final NpmPackage wanted;
    private final Path target;

    TarballDownload(NpmSettings settings, NpmPackage wanted) {
        this.settings = settings;
        this.wanted = wanted;
        this.target = settings.cache().resolve(wanted.fileName());
    }

    Path fetch() {
        try {
            if (isComplete(target)) {
                return target;
            }
            if (settings.access() == NpmAccess.OFFLINE) {
                throw new NpmException(
                        Reason.OFFLINE,
                        wanted + " is not in " + settings.cache()
                                + " and NPM_CONFIG_OFFLINE forbids to fetch it; run once online, or put " + target
                                + " there");
            }
            Files.createDirectories(settings.cache());
            return download();
        } catch (IOException e) {
            throw new NpmException(
                    Reason.STORAGE, settings.cache() + ": the cache cannot be read or written (" + e + ")", e);
        }
    }

    private Path download() throws IOException {
        var part = target.resolveSibling(target.getFileName() + ".part");
        // Two processes may want the same package: the second waits, and finds it done.
        try (var channel = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid() || isComplete(target)) {
                return target;
            }
            boolean continued = channel.size() > 0;
            receive(channel);
            if (!matches(channel) && continued) {
                channel.truncate(0);
                receive(channel);
            }
            if (!matches(channel)) {
                channel.truncate(0);
                throw new NpmException(
                        Reason.INTEGRITY,
                        wanted + ": what " + settings.registry()
                                + " sends has not the pinned SHA-512; the registry or something on the way changes it");
            }
            channel.force(true);
            // Moved while the lock is held, so that nobody sees a part without an owner.
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private void receive(FileChannel part) throws IOException {
        long have = part.size();
        var address = wanted.tarball(settings.registry());
        var request = HttpRequest.newBuilder(address).timeout(ANSWER_TIMEOUT);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT)
                .build()) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                int status = answer.statusCode();
                if (status == RANGE_NOT_SATISFIABLE && have > 0) {
                    return;
                }
                if (status != OK && !(status == PARTIAL && have > 0)) {
                    throw new NpmException(
                            Reason.SERVER,
                            wanted + ": " + address + " answers with status " + status + "; check NPM_CONFIG_REGISTRY");
                }
                if (status == OK) {
                    part.truncate(0);
                }
                copy(body, part);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NpmException(Reason.NETWORK, wanted + ": interrupted; what came so far is kept", e);
        } catch (IOException e) {
            throw new NpmException(
                    Reason.NETWORK,
                    wanted + ": cannot be fetched from " + address + " (" + e
                            + "); check the connection or set NPM_CONFIG_REGISTRY; what came so far is kept",
                    e);
        }
    }

    private void copy(InputStream body, FileChannel part) throws IOException {
        part.position(part.size());
        var buffer = new byte[1 << 16];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            if (part.position() + n > LARGEST_TARBALL) {
                throw new NpmException(Reason.SERVER, wanted + ": the registry sends more than 256 MiB");
            }
            for (var bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
                part.write(bytes);
            }
        }
    }

    /** Whether the file is there with the pinned content; another content is removed. */
    private boolean isComplete(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (matches(channel)) {
                return true;
            }
        }
        if (settings.access() == NpmAccess.OFFLINE) {
            throw new NpmException(
                    Reason.INTEGRITY,
                    file + " has not the SHA-512 pinned for " + wanted + "; remove it and run online");
        }
        Files.delete(file);
        return false;
    }

    private boolean matches(FileChannel channel) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            var buffer = ByteBuffer.allocate(1 << 16);
            for (long at = 0; ; at += buffer.limit()) {
                buffer.clear();
                if (channel.read(buffer, at) < 0) {
                    return MessageDigest.isEqual(digest.digest(), wanted.sha512());
                }
                digest.update(buffer.flip());
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-512", e);
        }
    }
}
