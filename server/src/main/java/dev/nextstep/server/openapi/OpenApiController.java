package dev.nextstep.server.openapi;

import dev.nextstep.server.access.OpenToAll;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.images.ImagesController;
import dev.nextstep.server.jobs.JobsController;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** {@code /v1/openapi.json}: what can be asked here, for programs. Pages are not in it. */
@OpenToAll
@RestController
public final class OpenApiController {
    private static final List<String> FOR_PROGRAMS = List.of("/v1/", "/health/", "/metrics");

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final ImagesController images;
    private final JobsController jobs;
    private final ServerSettings settings;
    private volatile byte @Nullable [] document;

    /** Tells what these controllers take. */
    public OpenApiController(
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            ImagesController images,
            JobsController jobs,
            ServerSettings settings) {
        this.mappings = mappings;
        this.images = images;
        this.jobs = jobs;
        this.settings = settings;
    }

    /** The document of this server, with the limits that it is set to. */
    @GetMapping("/v1/openapi.json")
    public ResponseEntity<byte[]> document() {
        var made = document;
        if (made == null) {
            made = make();
            document = made; // who comes at the same time makes the same
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(made);
    }

    private byte[] make() {
        var routes = new HashSet<Route>();
        var open = new HashSet<Route>();
        mappings.getObject().getHandlerMethods().forEach((info, method) -> {
            for (var route : routes(info, method)) {
                routes.add(route);
                if (method.getBeanType().isAnnotationPresent(OpenToAll.class)) {
                    open.add(route);
                }
            }
        });
        var limits = settings.limits();
        var description =
                "The images API of OpenAI and jobs. This server draws at most %d pixels a picture, takes %d bytes a request and %d source pictures."
                        .formatted(limits.pixels(), limits.uploadBytes(), limits.sources());
        var json = new OpenApiDocument(
                        Operations.all(images, jobs), settings.security().keys())
                .of(routes, open, description);
        return Json.MAPPER.writeValueAsBytes(json);
    }

    private static Set<Route> routes(RequestMappingInfo info, HandlerMethod method) {
        var routes = new HashSet<Route>();
        if (ErrorController.class.isAssignableFrom(method.getBeanType())) {
            return routes;
        }
        for (var pattern : info.getPatternValues()) {
            if (FOR_PROGRAMS.stream().anyMatch(pattern::startsWith)) {
                info.getMethodsCondition()
                        .getMethods()
                        .forEach(http -> routes.add(Route.ofSpring(http.name(), pattern)));
            }
        }
        return routes;
    }
}
