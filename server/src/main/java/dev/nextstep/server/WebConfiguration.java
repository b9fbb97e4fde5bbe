package dev.nextstep.server;

import dev.nextstep.server.access.Gate;
import dev.nextstep.server.access.KeysController;
import dev.nextstep.server.access.Origins;
import dev.nextstep.server.access.SecurityHeaders;
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
import dev.nextstep.server.metrics.Metrics;
import dev.nextstep.server.metrics.MetricsController;
import dev.nextstep.server.metrics.MetricsFilter;
import dev.nextstep.server.openapi.OpenApiController;
import dev.nextstep.server.page.PageController;
import dev.nextstep.server.workflows.BatchesController;
import dev.nextstep.server.workflows.PackageController;
import dev.nextstep.server.workflows.PresetsController;
import dev.nextstep.server.workflows.WorkflowsController;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
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
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What Spring makes: the web server, the controllers, and nothing that a class path happens to suggest. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    SslAutoConfiguration.class,
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
    PresetsController.class,
    WorkflowsController.class,
    BatchesController.class,
    PackageController.class,
    KeysController.class,
    MetricsController.class,
    OpenApiController.class,
    PageController.class,
})
class WebConfiguration implements WebMvcConfigurer {
    private static final int PARTS = 64;
    private static final int HEADER_OF_PART = 2048;

    private final ServerSettings settings;
    private final Gate gate;

    WebConfiguration(ServerSettings settings, Gate gate) {
        this.settings = settings;
        this.gate = gate;
    }

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

    @Bean
    FilterRegistrationBean<MetricsFilter> requestMetrics(Metrics metrics) {
        var registration = new FilterRegistrationBean<>(new MetricsFilter(metrics));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        var transport = settings.security().tls().isPresent()
                ? SecurityHeaders.Transport.HTTPS
                : SecurityHeaders.Transport.HTTP;
        var registration = new FilterRegistrationBean<>(new SecurityHeaders(transport));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<CorsFilter> origins() {
        var registration =
                new FilterRegistrationBean<>(Origins.filter(settings.security().allowedOrigins()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return registration;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
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
