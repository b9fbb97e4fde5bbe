package dev.nextstep.fuzz;

import dev.nextstep.image.GenerationParameters;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of settings, under the keyword that the first byte chooses; what is found must come back from the webui form. */
final class GenerationParametersFuzz implements FuzzTarget {
    private static final List<String> KEYWORDS = List.of(
            "parameters", "prompt", "workflow", "invokeai_metadata", "sd-metadata", "Dream", "Comment", "comment");

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> out = new ArrayList<>();
        for (byte[] picture : Seeds.golden("image/png-meta", ".png")) {
            for (PictureTexts.Entry entry : PictureTexts.read(picture).entries()) {
                int keyword = Math.max(0, KEYWORDS.indexOf(entry.keyword()));
                if (entry.text().length() < 4096) {
                    out.add(((char) keyword + entry.text()).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        out.add("\5\"a cat\" -s 50 -S 1 -W 512 -C 7.5 -A k_lms".getBytes(StandardCharsets.UTF_8));
        out.add(("\2{\"nodes\":[{\"id\":1,\"type\":\"KSampler\",\"widgets_values\":[1,\"\",2,3],"
                        + "\"inputs\":[{\"name\":\"positive\",\"link\":1}]}],\"links\":[[1,1,0,1,0]]}")
                .getBytes(StandardCharsets.UTF_8));
        return out;
    }

    @Override
    public void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String keyword = KEYWORDS.get(Math.floorMod(input[0], KEYWORDS.size()));
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        var entry = new PictureTexts.Entry(PictureTexts.Source.PNG_CHUNK, keyword, text);
        GenerationParameters.find(new PictureTexts(List.of(entry))).ifPresent(found -> {
            if (!GenerationParameters.parse(found.toWebui()).equals(found)) {
                throw new AssertionError("does not come back: " + found);
            }
        });
    }

    @Override
    public Class<PictureException> refusal() {
        return PictureException.class;
    }
}
