package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A hash over names, types, shapes and every byte of all tensors, that does not depend on how they are spread over
 * files. A tree of two levels, so that all processors can share the work: SHA-256 over one line per tensor in the order
 * of names and the SHA-256 of each 64 MiB piece of data.
 */
final class WeightsHash {
    private static final long PIECE = 64 << 20;

    private WeightsHash() {}

    private record Piece(Tensor tensor, long start, long bytes) {}

    static String of(List<TensorSource> sources) {
        var pieces = new ArrayList<Piece>();
        var top = Sha256.digest();
        for (var source : sources) {
            top.update("source\n".getBytes(StandardCharsets.UTF_8));
            for (var name : new TreeSet<>(source.names())) {
                var tensor = source.find(name).orElseThrow();
                // The length makes the line unambiguous whatever the name holds.
                var line = name.length() + " " + name + " " + tensor.type() + tensor.shape() + "\n";
                top.update(line.getBytes(StandardCharsets.UTF_8));
                long bytes = tensor.data().byteSize();
                for (long start = 0; start < bytes; start += PIECE) {
                    pieces.add(new Piece(tensor, start, Math.min(PIECE, bytes - start)));
                }
            }
        }
        pieces.parallelStream().map(WeightsHash::digest).forEachOrdered(top::update);
        return HexFormat.of().formatHex(top.digest());
    }

    private static byte[] digest(Piece piece) {
        var digest = Sha256.digest();
        Sha256.update(digest, piece.tensor().data().asSlice(piece.start(), piece.bytes()));
        return digest.digest();
    }
}
