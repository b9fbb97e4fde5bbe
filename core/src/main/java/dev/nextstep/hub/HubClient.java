package dev.nextstep.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fetches model repositories of a Hugging Face hub and finds those in the cache. Thread-safe; several clients and
 * processes may fetch the same repository at once.
 */
public final class HubClient {
    private final HubSettings settings;
    private final Surroundings surroundings;

    /** Creates a client; nothing is contacted yet. */
    public HubClient(HubSettings settings) {
        this(settings, Surroundings.REAL);
    }

    HubClient(HubSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /**
     * Fetches the selected files of a repository that the cache does not hold yet. Lengths and checksums are verified;
     * passing failures are retried; what was fetched before a failure is kept and the next pull goes on from there.
     * Offline, the repository is looked up in the cache only.
     *
     * @return the directory of the commit, with the files in it
     * @throws HubException if the repository cannot be fetched
     * @throws CancellationException if it was cancelled or the calling thread was interrupted
     */
    public Path pull(HubReference reference, PullOptions options, PullListener listener) {
        if (settings.access() == HubAccess.OFFLINE) {
            return cached(reference)
                    .orElseThrow(() -> new HubException(
                            HubException.Reason.OFFLINE,
                            "%s is not (wholly) in the cache %s and the hub may not be asked; unset HF_HUB_OFFLINE or pull it on a machine with a network"
                                    .formatted(reference, settings.cache())));
        }
        var stop = new Stop(options.cancelled());
        var session = new PullSession(reference, settings, surroundings, stop, new ProgressMeter(listener));
        stop.check();
        try (var http = new HubHttp(session)) {
            return pull(session, http, options);
        } catch (IOException e) {
            throw new HubException(
                    HubException.Reason.STORAGE,
                    "the cache %s cannot be used: %s; check room and rights, or set HF_HUB_CACHE"
                            .formatted(settings.cache(), HubException.quote(e.toString())),
                    e);
        }
    }

    /**
     * Looks a repository up in the cache, asking nobody. Whatever client fetched it, it counts as there if the commit's
     * directory has a {@code config.json}, no link in it leads nowhere, and every file that an
     * {@code *.index.json} in it names is there.
     *
     * @return the directory of the commit that the revision stood for when it was last fetched
     * @throws HubException if the cache cannot be read
     */
    public Optional<Path> cached(HubReference reference) {
        var layout = new CacheLayout(settings.cache(), reference);
        try {
            var commit = layout.commit(reference);
            if (commit.isEmpty()) {
                return Optional.empty();
            }
            var directory = layout.snapshot(commit.get());
            return SnapshotCheck.isComplete(directory) ? Optional.of(directory) : Optional.empty();
        } catch (IOException e) {
            throw new HubException(
                    HubException.Reason.STORAGE,
                    "the cache %s cannot be read: %s".formatted(settings.cache(), HubException.quote(e.toString())),
                    e);
        }
    }

    private Path pull(PullSession session, HubHttp http, PullOptions options) throws IOException {
        var listing = new Listing(session, http);
        var commit = listing.commit();
        var all = listing.files(commit);
        var files = all.stream().filter(file -> options.selects(file.path())).toList();
        if (files.isEmpty()) {
            throw new HubException(
                    HubException.Reason.NOT_FOUND,
                    "%s has %d files, but none that matches %s and not %s"
                            .formatted(session.reference(), all.size(), options.include(), options.exclude()));
        }
        var layout = new CacheLayout(settings.cache(), session.reference());
        Files.createDirectories(layout.snapshot(commit));
        var missing = new LinkedHashMap<ContentHash, List<RemoteFile>>();
        for (var file : files) {
            if (!isThere(layout.file(commit, file.path()), file)) {
                missing.computeIfAbsent(file.hash(), hash -> new ArrayList<>()).add(file);
            }
        }
        var pointer = Pointer.bestIn(layout.root());
        checkRoom(session.reference(), layout, missing, pointer);
        var meter = session.meter();
        meter.start(files.size(), files.stream().mapToLong(RemoteFile::size).sum());
        for (var file : files) {
            if (!missing.getOrDefault(file.hash(), List.of()).contains(file)) {
                meter.found(file.size());
                meter.fileDone();
            }
        }
        fetch(session, missing, same -> {
            var first = same.getFirst();
            var blob = new BlobDownload(session, http, layout, commit, first).fetch();
            for (var file : same) {
                pointer.place(blob, layout.file(commit, file.path()));
                if (!file.equals(first)) {
                    meter.found(file.size());
                }
                meter.fileDone();
            }
        });
        layout.writeCommit(session.reference(), commit);
        return layout.snapshot(commit);
    }

    private static boolean isThere(Path path, RemoteFile file) throws IOException {
        return Files.isRegularFile(path) && Files.size(path) == file.size();
    }

    private interface Work {
        void fetch(List<RemoteFile> same) throws IOException;
    }

    /** Runs the work for all contents, a few at a time; the first failure stops the others. */
    private void fetch(PullSession session, Map<ContentHash, List<RemoteFile>> missing, Work work) throws IOException {
        try (var threads = Executors.newFixedThreadPool(
                settings.parallelFiles(),
                Thread.ofPlatform().daemon().name("hub-", 0).factory())) {
            try {
                var done = new ExecutorCompletionService<Boolean>(threads);
                for (var same : missing.values()) {
                    done.submit(() -> {
                        session.stop().check();
                        work.fetch(same);
                        return true;
                    });
                }
                for (int i = 0; i < missing.size(); i++) {
                    finish(done.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Stop.exception();
            } finally {
                session.stop().abort();
            }
        }
    }

    private static void finish(Future<Boolean> future) throws IOException, InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("a download failed", e);
            }
        }
    }

    private void checkRoom(
            HubReference reference, CacheLayout layout, Map<ContentHash, List<RemoteFile>> missing, Pointer pointer)
            throws IOException {
        long contents = 0;
        long there = 0;
        long copies = 0;
        for (var same : missing.values()) {
            var file = same.getFirst();
            contents += file.size();
            there += present(layout, file);
            copies += pointer == Pointer.COPY ? file.size() * same.size() : 0;
        }
        long needed = contents - there + copies;
        long free = surroundings.disk().freeBytes(layout.root());
        if (needed > free) {
            throw new HubException(
                    HubException.Reason.DISK_SPACE,
                    "%s needs %s (%d bytes of %d contents - %d already there%s = %d bytes), but %s has %s free (%d bytes): %d bytes are missing; make room or set HF_HUB_CACHE to another disk"
                            .formatted(
                                    reference,
                                    gibibytes(needed),
                                    contents,
                                    missing.size(),
                                    there,
                                    copies > 0 ? " + " + copies + " for copies, as links are not possible" : "",
                                    needed,
                                    settings.cache(),
                                    gibibytes(free),
                                    free,
                                    needed - free));
        }
    }

    /** How much of a content the cache holds, by the name that hubs give it. */
    private static long present(CacheLayout layout, RemoteFile file) throws IOException {
        var blob = layout.blob(file.hash().hex());
        if (Files.isRegularFile(blob) && Files.size(blob) == file.size()) {
            return file.size();
        }
        var incomplete = layout.incomplete(file.hash().hex());
        return Files.isRegularFile(incomplete) ? Math.min(Files.size(incomplete), file.size()) : 0;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
    }
}
