package dev.nextstep.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the files of one repository lie in the cache that the clients of the hub share. */
final class CacheLayout {
    private static final long LARGEST_REF = 4096;

    private final Path root;
    private final Path locks;

    CacheLayout(Path cache, HubReference reference) {
        var folder = "models--" + reference.organization() + "--" + reference.model();
        this.root = cache.resolve(folder);
        this.locks = cache.resolve(".locks").resolve(folder);
    }

    /** The repository's directory. */
    Path root() {
        return root;
    }

    /** The content of that name. */
    Path blob(String etag) {
        return root.resolve("blobs").resolve(etag);
    }

    /** What has come so far of the content of that name. */
    Path incomplete(String etag) {
        return root.resolve("blobs").resolve(etag + ".incomplete");
    }

    /** Whoever writes the content of that name holds this. */
    Path lock(String etag) {
        return locks.resolve(etag + ".lock");
    }

    /** The directory of a commit. */
    Path snapshot(String commit) {
        return root.resolve("snapshots").resolve(commit);
    }

    /** A file of a commit; below the commit's directory whatever the name. */
    Path file(String commit, String path) {
        var directory = snapshot(commit);
        try {
            var file = directory.resolve(path).normalize();
            if (file.startsWith(directory) && !file.equals(directory)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw unsafe(path, e);
        }
        throw unsafe(path, new IOException("outside the directory"));
    }

    private static HubException unsafe(String path, Exception cause) {
        return new HubException(
                HubException.Reason.UNSAFE_NAME,
                "the file name '%s' cannot be used on this system; leave it out with an exclude pattern"
                        .formatted(HubException.quote(path)),
                cause);
    }

    /** The commit that a revision stood for when it was fetched last. */
    Optional<String> commit(HubReference reference) throws IOException {
        if (reference.isCommit()) {
            return Optional.of(reference.revision());
        }
        var ref = ref(reference);
        if (!Files.isRegularFile(ref) || Files.size(ref) > LARGEST_REF) {
            return Optional.empty();
        }
        // Foreign bytes: anything that is not a commit counts as no ref.
        return Optional.of(new String(Files.readAllBytes(ref), StandardCharsets.US_ASCII).strip())
                .filter(HubReference::isCommit);
    }

    /** Notes the commit of a revision: all or nothing, so that a reader never sees half a commit. */
    void writeCommit(HubReference reference, String commit) throws IOException {
        if (reference.isCommit() || commit(reference).filter(commit::equals).isPresent()) {
            return;
        }
        var ref = ref(reference);
        Files.createDirectories(ref.getParent());
        var temporary = Files.createTempFile(root, "ref-", ".tmp");
        try {
            Files.writeString(temporary, commit);
            Files.move(temporary, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path ref(HubReference reference) {
        return root.resolve("refs").resolve(reference.revision());
    }
}
