package dev.nextstep.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that inputs become, one after the other. It stays open: to make it anew took up to a fifth of the time. */
final class ScratchFile {
    private final Path path;
    private final FileChannel channel;

    ScratchFile(Path path) {
        this.path = path;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of the file, which then holds exactly these bytes. */
    Path holding(byte[] input) throws IOException {
        var rest = ByteBuffer.wrap(input);
        while (rest.hasRemaining()) {
            channel.write(rest, rest.position());
        }
        channel.truncate(input.length);
        return path;
    }
}
