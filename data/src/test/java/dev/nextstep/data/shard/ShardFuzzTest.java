package dev.nextstep.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards with random damage: reading never dies, gives no more than there was, and says what it lost. */
class ShardFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_123);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 300);
    private static final int SAMPLES = 12;

    @TempDir
    Path folder;

    @Test
    void mutations() throws IOException {
        Path target = folder.resolve("data");
        try (var writer = ShardWriter.create(target, ShardOptions.of("fuzz"))) {
            for (int i = 0; i < SAMPLES; i++) {
                writer.add(TestSamples.edit(i));
            }
        }
        byte[] original = Files.readAllBytes(target.resolve("image_editing/idx_0000_0000.tar"));
        Path file = folder.resolve("mutated.tar");
        int lost = 0;
        int noted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var random = new KeyedRandom(SEED, round);
            byte[] bytes = mutate(original, random);
            Files.write(file, bytes);
            var damage = new DamageReport();
            int good = 0;
            int found = 0;
            try (var reader = ShardReader.open(file, SampleKind.EDIT)) {
                damage.addAll(reader.damage());
                found = reader.size();
                for (int i = 0; i < reader.size(); i++) {
                    good += reader.read(i, damage).isPresent() ? 1 : 0;
                }
            } catch (RuntimeException | Error e) {
                fail("seed %d round %d (run again with -Dfuzz.seed=%d)".formatted(SEED, round, SEED), e);
            }
            String at = "seed %d round %d".formatted(SEED, round);
            // A block that is copied may double a sample, never more than there are blocks to double.
            assertThat(found).as(at).isLessThanOrEqualTo(4 * SAMPLES);
            if (good < SAMPLES) {
                lost++;
                boolean told = damage.total() > 0;
                noted += told ? 1 : 0;
            }
        }
        // What remains is a cut or an overwriting exactly between two samples that leaves a perfect, shorter tar;
        // there the count of the index tells.
        assertThat(lost).as("seed %d: rounds with losses", SEED).isGreaterThan(ROUNDS / 4);
        assertThat(noted).as("seed %d: losses told, of %d", SEED, lost).isGreaterThan(lost * 97 / 100);
    }

    private static byte[] mutate(byte[] original, KeyedRandom random) {
        byte[] bytes = original.clone();
        int block = random.nextInt(bytes.length / 512) * 512;
        switch (random.nextInt(7)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> Arrays.fill(bytes, block, block + 512, (byte) 0);
            case 2 -> {
                var noise = new byte[512];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, block, 512);
            }
            case 3 -> // a header's field
                bytes[block + random.nextInt(160)] = (byte) random.nextInt();
            case 4 -> { // a size that is claimed, with a checksum that fits
                Arrays.fill(bytes, block + 124, block + 135, (byte) ('0' + random.nextInt(8)));
                fixChecksum(bytes, block);
            }
            case 5 -> {
                int other = random.nextInt(bytes.length / 512) * 512;
                System.arraycopy(original, other, bytes, block, 512);
            }
            default -> {
                for (int i = 0; i < 20; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }

    private static void fixChecksum(byte[] bytes, int header) {
        Arrays.fill(bytes, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += bytes[header + i] & 255;
        }
        byte[] text = "%06o\0 ".formatted(sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, header + 148, 8);
    }
}
