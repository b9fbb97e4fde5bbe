package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.VaeConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The image tokenizer's config.json; an accepted one must read back from what it writes. */
final class VaeConfigFuzz implements FuzzTarget {
    private final ScratchFile file = new ScratchFile(Seeds.scratchFolder().resolve("config.json"));

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> out = new ArrayList<>(Seeds.golden("image/vae-mini", ".json"));
        out.add("""
                {"resolution": 256, "in_channels": 3, "ch": 128, "out_ch": 3, "ch_mult": [1, 2, 4, 4],
                 "num_res_blocks": 2, "z_channels": 16, "scaling_factor": 0.3611, "shift_factor": 0.1159,
                 "deterministic": true, "encoder_norm": false, "psz": null}""".getBytes(StandardCharsets.UTF_8));
        return out;
    }

    @Override
    public void read(byte[] input) throws IOException {
        VaeConfig config = VaeConfig.read(file.holding(input));
        byte[] written = config.toJson().getBytes(StandardCharsets.UTF_8);
        if (!VaeConfig.read(file.holding(written)).equals(config)) {
            throw new AssertionError("reads back differently: " + config);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
