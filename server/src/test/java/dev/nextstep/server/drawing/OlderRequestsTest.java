package dev.nextstep.server.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.http.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests outlive the server that wrote them. */
class OlderRequestsTest {
    /** As servers wrote it before late steps and held guidance were parameters. */
    private static final String OLD = """
            {"task": "GENERATE", "model": "emoji", "prompts": ["a red heart"], "count": 2, "first_index": 0, "width": 64,
             "height": 64, "sampler": "s1", "steps": 28, "guidance_scale": 2.0, "image_guidance_scale": 1.0,
             "timestep_shift": 1.0, "positive_prompt": "", "negative_prompt": "", "seed": 7, "format": "PNG", "quality": 95,
             "partial_pictures": 0, "sources": [], "mask": null, "branches": [{"row": 1, "seed": 8}]}
            """;

    @Test
    void thoseOfOlderServersLeaveToTheModelWhatTheyDoNotSay() {
        var read = Json.MAPPER.readValue(OLD, PictureRequest.class);
        assertThat(read.lateSteps()).isEmpty();
        assertThat(read.guidanceEvery()).isEmpty();
        assertThat(read.branches()).containsExactly(new Branch(1, 8));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var old = Json.MAPPER.readValue(OLD, PictureRequest.class);
        var said = old.branch(1, Optional.empty(), new Branch(0, 9));
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(said), PictureRequest.class))
                .isEqualTo(said);
        var saving = Json.MAPPER.readValue(
                OLD.replace("\"seed\": 7,", "\"seed\": 7, \"late_steps\": \"8@0.5\", \"guidance_every\": 2,"),
                PictureRequest.class);
        assertThat(saving.lateSteps()).isEqualTo(Optional.of("8@0.5"));
        assertThat(saving.guidanceEvery()).isEqualTo(Optional.of(2));
        assertThat(saving.withSize(32, 32).lateSteps()).isEqualTo(Optional.of("8@0.5"));
        assertThat(saving.branch(0, Optional.empty(), new Branch(1, 3)).guidanceEvery())
                .isEqualTo(Optional.of(2));
    }
}
