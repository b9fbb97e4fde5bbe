package dev.nextstep.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings one content into the cache: continued where it broke off, verified, and renamed when it is whole. */
final class BlobDownload {
    /** So many new bytes make an attempt a success as far as giving up is concerned. */
    private static final long GROUND = 1 << 20;

    private static final int BUFFER = 1 << 20;
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    private final PullSession session;
    private final HubHttp http;
    private final CacheLayout layout;
    private final String commit;
    private final RemoteFile file;
    private final Retries retries;

    /** Bytes of this file that the meter has counted. */
    private long counted;

    private long furthest;
    private Optional<String> validator = Optional.empty();

    BlobDownload(PullSession session, HubHttp http, CacheLayout layout, String commit, RemoteFile file) {
        this.session = session;
        this.http = http;
        this.layout = layout;
        this.commit = commit;
        this.file = file;
        this.retries = new Retries(file.path(), session);
    }

    /** Returns the blob, whole and verified. */
    Path fetch() throws IOException {
        while (true) {
            try {
                var metadata = FileMetadata.ask(session, http, commit, file);
                validator = validator.or(metadata::validator);
                try (var _ = BlobLock.take(layout.lock(metadata.etag()), session.stop())) {
                    return fetchLocked(metadata);
                }
            } catch (TransientFailure e) {
                if (counted >= furthest + GROUND) {
                    furthest = counted;
                    retries.progressed();
                }
                retries.failed(e);
            }
        }
    }

    private Path fetchLocked(FileMetadata metadata) throws IOException, TransientFailure {
        var blob = layout.blob(metadata.etag());
        if (Files.isRegularFile(blob) && Files.size(blob) == file.size()) {
            count(file.size() - counted);
            return blob;
        }
        Files.createDirectories(blob.getParent());
        var incomplete = layout.incomplete(metadata.etag());
        try (var channel = FileChannel.open(
                incomplete, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            boolean verified = fill(metadata, channel);
            channel.force(true);
            if (!verified) {
                channel.truncate(0);
                throw new HubException(
                        HubException.Reason.INTEGRITY,
                        "%s: the content fetched does not have %s; it was deleted, pull again, and if that repeats the file on the hub (or a proxy) is damaged"
                                .formatted(file.path(), file.hash()));
            }
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return blob;
    }

    /** Fetches what is missing; returns whether the content is the right one. */
    private boolean fill(FileMetadata metadata, FileChannel channel) throws IOException, TransientFailure {
        if (channel.size() > file.size()) {
            restart(channel);
        }
        long found = channel.size();
        var digest = digestOf(channel, found);
        count(found - counted);
        if (found < file.size() || file.size() == 0) {
            digest = receive(metadata, channel, digest);
        }
        if (file.hash().matches(digest)) {
            return true;
        }
        count(-counted);
        if (found > 0) {
            // Perhaps what lay there was damaged, not what came: once more, all of it.
            channel.truncate(0);
            throw new TransientFailure(
                    HubException.Reason.INTEGRITY,
                    file.path() + ": the continued download does not have " + file.hash() + ", it begins anew");
        }
        return false;
    }

    private MessageDigest digestOf(FileChannel channel, long length) throws IOException {
        var digest = file.hash().start(file.size());
        var buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, length)));
        channel.position(0);
        while (channel.position() < length) {
            session.stop().check();
            if (channel.read(buffer.clear()) < 0) {
                break;
            }
            digest.update(buffer.flip());
        }
        return digest;
    }

    private MessageDigest receive(FileMetadata metadata, FileChannel channel, MessageDigest begun)
            throws IOException, TransientFailure {
        long offset = channel.size();
        var headers = new HashMap<String, String>();
        if (offset > 0) {
            headers.put("Range", "bytes=" + offset + "-");
            // Without a validator of the serving host the checksum alone decides.
            validator.ifPresent(etag -> headers.put("If-Range", etag));
        }
        try (var answer = http.get(metadata.uri(), headers)) {
            if (answer.status() == 416) {
                restart(channel);
                throw new TransientFailure(
                        HubException.Reason.SERVER,
                        "%s: the server cannot continue at byte %d".formatted(file.path(), offset));
            }
            http.expectSuccess(answer);
            expectSameContent(metadata, answer, channel);
            validator = FileMetadata.strong(answer);
            var digest = begun;
            if (answer.status() == 206) {
                expectRange(answer, offset);
            } else if (offset > 0) {
                restart(channel);
                offset = 0;
                digest = file.hash().start(file.size());
            }
            expectLength(answer, offset);
            channel.position(offset);
            write(answer, channel, digest);
            return digest;
        }
    }

    /** The content may have been replaced since it was asked for: then what lies here is of no use. */
    private void expectSameContent(FileMetadata metadata, HubHttp.Answer answer, FileChannel channel)
            throws IOException, TransientFailure {
        var etag = answer.linkedEtag().or(() -> answer.header("ETag").filter(e -> answer.atEndpoint()));
        if (etag.isPresent() && !FileMetadata.normalized(etag.get()).equals(metadata.etag())) {
            restart(channel);
            validator = Optional.empty();
            throw new TransientFailure(
                    HubException.Reason.INTEGRITY,
                    file.path() + ": the file changed on the server (another ETag), it begins anew");
        }
    }

    private void expectRange(HubHttp.Answer answer, long offset) throws TransientFailure {
        var range = RANGE.matcher(answer.header("Content-Range").orElse(""));
        boolean usable = range.matches()
                && Long.parseLong(range.group(1)) == offset
                && (range.group(3).equals("*") || Long.parseLong(range.group(3)) == file.size());
        if (!usable) {
            throw new TransientFailure(
                    HubException.Reason.INTEGRITY,
                    "%s: the server answers the range '%s' to a request for byte %d of %d"
                            .formatted(
                                    file.path(),
                                    HubException.quote(
                                            answer.header("Content-Range").orElse("")),
                                    offset,
                                    file.size()));
        }
    }

    private void expectLength(HubHttp.Answer answer, long offset) throws TransientFailure {
        var encoding = answer.header("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new TransientFailure(
                    HubException.Reason.SERVER,
                    "%s: the server compresses (%s) though it was asked not to"
                            .formatted(file.path(), HubException.quote(encoding)));
        }
        long announced = answer.headers().firstValueAsLong("Content-Length").orElse(file.size() - offset);
        if (announced != file.size() - offset) {
            throw wrongLength(offset + announced);
        }
    }

    private TransientFailure wrongLength(long length) {
        return new TransientFailure(
                HubException.Reason.INTEGRITY,
                "%s: wrong length: the server sends %s%d bytes, expected %d"
                        .formatted(file.path(), length > file.size() ? "at least " : "", length, file.size()));
    }

    private void write(HubHttp.Answer answer, FileChannel channel, MessageDigest digest)
            throws IOException, TransientFailure {
        while (true) {
            var next = next(answer);
            if (next.isEmpty()) {
                break;
            }
            for (var buffer : next.get()) {
                if (channel.position() + buffer.remaining() > file.size()) {
                    long length = channel.position() + buffer.remaining();
                    restart(channel);
                    throw wrongLength(length);
                }
                digest.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    int written = channel.write(buffer);
                    counted += written;
                    session.meter().received(written);
                }
            }
        }
        if (channel.position() < file.size()) {
            throw wrongLength(channel.position());
        }
    }

    /** Trouble with the connection is passing; trouble with the disk is not. */
    private Optional<List<ByteBuffer>> next(HubHttp.Answer answer) throws TransientFailure {
        try {
            return answer.body().next();
        } catch (IOException e) {
            throw http.broken(answer.uri(), e);
        }
    }

    private void restart(FileChannel channel) throws IOException {
        channel.truncate(0);
        count(-counted);
    }

    private void count(long bytes) {
        counted += bytes;
        session.meter().found(bytes);
    }
}
