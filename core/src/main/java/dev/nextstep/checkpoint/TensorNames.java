package dev.nextstep.checkpoint;

import java.util.List;
import java.util.regex.Pattern;

/** The names under which the same tensors are stored by different programs, and the one name used here. */
final class TensorNames {
    private static final List<String> MODEL_PREFIXES = List.of("model.", "_orig_mod.");
    private static final List<String> VAE_PREFIXES = List.of("state_dict.", "model.", "_orig_mod.", "module.");

    private static final Pattern UP_BLOCK = Pattern.compile("decoder\\.up_blocks\\.(\\d{1,3})\\.");

    /** Diffusers to Flux, in the order of application (spec §2.3); the first four are spellings of old versions. */
    private static final List<List<String>> VAE_WORDS = List.of(
            List.of(".attentions.0.query.", ".attentions.0.to_q."),
            List.of(".attentions.0.key.", ".attentions.0.to_k."),
            List.of(".attentions.0.value.", ".attentions.0.to_v."),
            List.of(".attentions.0.proj_attn.", ".attentions.0.to_out.0."),
            List.of(".down_blocks.", ".down."),
            List.of(".mid_block.resnets.0.", ".mid.block_1."),
            List.of(".mid_block.resnets.1.", ".mid.block_2."),
            List.of(".mid_block.attentions.0.group_norm.", ".mid.attn_1.norm."),
            List.of(".mid_block.attentions.0.to_q.", ".mid.attn_1.q."),
            List.of(".mid_block.attentions.0.to_k.", ".mid.attn_1.k."),
            List.of(".mid_block.attentions.0.to_v.", ".mid.attn_1.v."),
            List.of(".mid_block.attentions.0.to_out.0.", ".mid.attn_1.proj_out."),
            List.of(".resnets.", ".block."),
            List.of(".downsamplers.0.", ".downsample."),
            List.of(".upsamplers.0.", ".upsample."),
            List.of(".conv_shortcut.", ".nin_shortcut."),
            List.of(".conv_norm_out.", ".norm_out."));

    private TensorNames() {}

    /** The name of a language-model tensor without the prefixes that wrappers add, each at most once (spec §2.1). */
    static String model(String stored) {
        return withoutPrefixes(stored, MODEL_PREFIXES);
    }

    /**
     * The Flux name of an image tokenizer's tensor stored under Flux or diffusers names.
     *
     * @param levels levels of the tokenizer; diffusers counts the decoder's from the other end
     */
    static String vae(String stored, int levels) {
        String name = withoutPrefixes(stored, VAE_PREFIXES);
        var up = UP_BLOCK.matcher(name);
        if (up.lookingAt()) {
            int level = levels - 1 - Integer.parseInt(up.group(1));
            if (level < 0) {
                return name;
            }
            name = "decoder.up." + level + "." + name.substring(up.end());
        }
        for (var word : VAE_WORDS) {
            name = name.replace(word.get(0), word.get(1));
        }
        return name;
    }

    /** Whether the Flux family stores this tensor as a 1×1 convolution where diffusers has a matrix. */
    static boolean isVaeAttentionKernel(String name) {
        return name.contains(".attn_1.") && name.endsWith(".weight") && !name.contains(".norm.");
    }

    private static String withoutPrefixes(String stored, List<String> prefixes) {
        String name = stored;
        var used = new boolean[prefixes.size()];
        for (boolean again = true; again; ) {
            again = false;
            for (int i = 0; i < used.length; i++) {
                if (!used[i] && name.startsWith(prefixes.get(i))) {
                    name = name.substring(prefixes.get(i).length());
                    used[i] = true;
                    again = true;
                }
            }
        }
        return name;
    }
}
