package dev.nextstep.server.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.http.Json;
import org.junit.jupiter.api.Test;

/** Requests as they stand in databases. */
class PictureRequestTest {
    /** What the version before lists wrote. */
    private static final String BEFORE = """
            {"task":"GENERATE","model":"emoji","prompts":["a","b"],"count":2,"first_index":1,"width":64,"height":32,
             "sampler":"s1","steps":3,"guidance_scale":2.0,"image_guidance_scale":1.0,"timestep_shift":1.0,
             "positive_prompt":"","negative_prompt":"","seed":7,"format":"PNG","quality":95,"partial_pictures":0,
             "sources":[],"mask":null,"branches":[]}""";

    @Test
    void jobsOfEarlierVersionsAreReadAsTheyWere() {
        var request = Json.MAPPER.readValue(BEFORE, PictureRequest.class);
        assertThat(request.list()).isEmpty();
        assertThat(request.mask()).isEmpty();
        var last = request.only(3);
        assertThat(last.prompts()).containsExactly("b");
        assertThat(last.pictures()).isEqualTo(1);
        assertThat(last.index(0)).isEqualTo(2);
        assertThat(last.height()).isEqualTo(32);
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(request), PictureRequest.class))
                .isEqualTo(request);
    }
}
