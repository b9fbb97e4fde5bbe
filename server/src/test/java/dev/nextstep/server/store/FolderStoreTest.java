package dev.nextstep.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The contract of stores, and what only a folder has. */
class FolderStoreTest extends ContentStoreContract {
    @Override
    ContentStore open() {
        return FolderStore.open(folder);
    }

    @Override
    void leaveUnfinished() throws IOException {
        Files.write(folder.resolve(".unfinished/left-by-a-killed-process"), new byte[] {4});
    }

    @Override
    int rounds() {
        return 500;
    }

    @Test
    void tellsHowMuchRoomThereIs() {
        assertThat(open().free().orElseThrow()).isPositive();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsSaid() throws IOException {
        var store = open();
        Files.delete(folder.resolve(".unfinished"));
        Files.write(folder.resolve(".unfinished"), new byte[1]); // a file where a folder should be
        assertThatThrownBy(() -> store.put(new byte[] {1}, ContentStore.Safety.FORCED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("folder of the server's pictures");
    }
}
