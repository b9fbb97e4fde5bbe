package dev.nextstep.server;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ErrorAdvice;
import dev.nextstep.server.http.FallbackErrors;
import dev.nextstep.server.http.HealthController;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.RequestIdFilter;
import dev.nextstep.server.images.ImagesController;
import dev.nextstep.server.images.ModelsController;
import dev.nextstep.server.images.PictureParameters;
import dev.nextstep.server.jobs.EventsController;
import dev.nextstep.server.jobs.JobsController;
import dev.nextstep.server.jobs.PicturesController;
import dev.nextstep.server.page.PageController;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** What Spring makes: the web server, the controllers, and nothing that a class path happens to suggest. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
})
@Import({
    ErrorAdvice.class,
    FallbackErrors.class,
    HealthController.class,
    ModelsController.class,
    ImagesController.class,
    JobsController.class,
    PicturesController.class,
    EventsController.class,
    PageController.class,
})
class WebConfiguration {
    private static final int PARTS = 64;
    private static final int HEADER_OF_PART = 2048;

    @Bean
    JsonMapper jsonMapper() {
        return Json.MAPPER;
    }

    @Bean
    PictureParameters pictureParameters(Studio studio, ServerSettings settings) {
        return new PictureParameters(studio, settings.limits());
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIds() {
        var registration = new FilterRegistrationBean<>(new RequestIdFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Files of forms go to the disk at once; sizes are limited before anything is read into memory. */
    @Bean
    MultipartConfigElement multipart(ServerSettings settings) {
        var folder = settings.data().resolve("uploads").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long most = settings.limits().uploadBytes();
        return new MultipartConfigElement(folder.toString(), most, most, 0);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(ServerSettings settings) {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setMaxPartCount(PARTS);
            connector.setMaxPartHeaderSize(HEADER_OF_PART);
            connector.setXpoweredBy(false);
        });
    }
}
