package dev.nextstep.server;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.store.ContentStore;
import dev.nextstep.server.store.FolderStore;
import dev.nextstep.server.store.S3Address;
import dev.nextstep.server.store.S3Store;

/** Where the server keeps its pictures, or one line that says why it cannot. */
final class OpenedStore {
    private OpenedStore() {}

    /**
     * Opens it: a bucket, or a folder, which is made if there is none.
     *
     * @throws StartException if it cannot be used
     */
    static ContentStore open(ServerSettings settings) {
        return settings.pictures()
                .map(OpenedStore::bucket)
                .orElseGet(() -> FolderStore.open(settings.data().resolve("pictures")));
    }

    private static ContentStore bucket(S3Address address) {
        try {
            return S3Store.open(address);
        } catch (RuntimeException e) {
            throw new StartException("%s cannot be used: %s".formatted(address, e.getMessage()), e);
        }
    }
}
