package dev.nextstep.fuzz;

import dev.nextstep.Snapshot;
import dev.nextstep.SnapshotBytes;
import dev.nextstep.SnapshotException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A snapshot whose hash is put right, since no damage would pass it otherwise; what is accepted must come back from its own
 * bytes.
 */
final class SnapshotFuzz implements FuzzTarget {
    private static final int HASH = 32;
    private static final int HEADER = 16;

    @Override
    public List<byte[]> seeds() {
        var out = new ArrayList<>(SnapshotBytes.samples());
        for (byte[] sample : SnapshotBytes.samples()) {
            out.add(Arrays.copyOf(sample, sample.length / 2));
            // Nothing but the header, from which the fuzzer learns its words.
            String text = new String(sample, HEADER, sample.length - HEADER, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('}') + 1;
            out.add(Arrays.copyOf(sample, HEADER + end + HASH));
        }
        return out;
    }

    @Override
    public void read(byte[] input) {
        var snapshot = Snapshot.of(hashed(input));
        byte[] written = snapshot.toBytes();
        if (!Arrays.equals(Snapshot.of(written).toBytes(), written)) {
            throw new AssertionError("does not come back: " + snapshot.recipes());
        }
        for (int i = 0; i < snapshot.recipes().size(); i++) {
            if (snapshot.tokens(i) > snapshot.rows() * snapshot.columns()) {
                throw new AssertionError("too many tokens");
            }
            snapshot.only(i).keepRows(0).withSeed(1);
        }
    }

    private static byte[] hashed(byte[] input) {
        if (input.length < HASH) {
            return input;
        }
        byte[] bytes = input.clone();
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(bytes, 0, bytes.length - HASH);
            System.arraycopy(hash.digest(), 0, bytes, bytes.length - HASH, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return bytes;
    }

    @Override
    public Class<SnapshotException> refusal() {
        return SnapshotException.class;
    }
}
