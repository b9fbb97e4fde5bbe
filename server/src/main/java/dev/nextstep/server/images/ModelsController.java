package dev.nextstep.server.images;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Doc;
import dev.nextstep.server.http.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The model that draws here, as OpenAI's clients ask for it. */
@RestController
public final class ModelsController {
    private static final String PREFIX = "/v1/models/";

    private final ModelView model;

    /** Tells about the model of that studio. */
    public ModelsController(Studio studio, ServerSettings settings) {
        this.model = ModelView.of(
                studio,
                settings.limits(),
                created(studio.model().parts().directory().directory()));
    }

    private static long created(Path directory) {
        try {
            return Files.getLastModifiedTime(directory.resolve("config.json"))
                    .toInstant()
                    .getEpochSecond();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All models.
     *
     * @param object {@code list}
     * @param data the models
     */
    public record Models(
            @Doc("'list'") String object,
            @Doc("The models.") List<ModelView> data) {}

    /** All models: the one that is open. */
    @GetMapping("/v1/models")
    public Models all() {
        return new Models("list", List.of(model));
    }

    /** One model. Names may have slashes in them. */
    @GetMapping(PREFIX + "**")
    public ModelView one(HttpServletRequest request) {
        var name = URLDecoder.decode(
                request.getRequestURI().substring(PREFIX.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!name.equals(model.id())) {
            throw ApiException.about(
                    ApiError.Kind.MODEL_NOT_FOUND,
                    "model",
                    "there is no model '%s' here; there is '%s'".formatted(Texts.shown(name), model.id()));
        }
        return model;
    }
}
