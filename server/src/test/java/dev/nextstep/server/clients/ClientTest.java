package dev.nextstep.server.clients;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.server.RunningServer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server for a client, and what the model itself draws. */
abstract class ClientTest {
    static final String PROMPT = "a red heart";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What the model draws of the prompt with these settings. */
    static Pixels drawn(long seed, int steps) {
        try (var model = NextStep.open(RunningServer.MODEL)) {
            return model.generate(GenerateRequest.builder(PROMPT)
                            .seed(seed)
                            .steps(steps)
                            .build())
                    .pixels();
        }
    }

    /** A file in Base64 as pixels. */
    static Pixels pixels(String base64) {
        return new PictureReader().read(Base64.getDecoder().decode(base64), "answer");
    }
}
