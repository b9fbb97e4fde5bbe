package dev.nextstep.server;

import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.cli.DefaultModel;
import dev.nextstep.cli.ModelLocator;
import dev.nextstep.engine.CacheOptions;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.image.PictureLimits;
import dev.nextstep.server.access.Gate;
import dev.nextstep.server.access.KeyStore;
import dev.nextstep.server.config.KeyPolicy;
import dev.nextstep.server.config.LogFormat;
import dev.nextstep.server.config.SecuritySettings;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.config.SettingException;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.metrics.Metrics;
import dev.nextstep.server.queue.Database;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.safety.ContentRules;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** A running server: model, database, queue and web server. */
public final class NextStepServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NextStepServer.class);

    private final NextStep model;
    private final Database database;
    private final JobService service;
    private final ServletWebServerApplicationContext web;
    private final ServerSettings settings;
    private final Gate gate;

    private NextStepServer(
            NextStep model,
            Database database,
            JobService service,
            ServletWebServerApplicationContext web,
            ServerSettings settings,
            Gate gate) {
        this.model = model;
        this.database = database;
        this.service = service;
        this.web = web;
        this.settings = settings;
        this.gate = gate;
    }

    /**
     * Starts a server; when this returns it answers.
     *
     * @throws RuntimeException if the model cannot be opened, the database is not there or the port is taken; nothing runs
     *     then
     */
    public static NextStepServer start(ServerSettings settings) {
        // Until Spring has set up the logs, nobody should hear of what is in order.
        LoggingSystem.get(NextStepServer.class.getClassLoader()).beforeInitialize();
        try (var opened = new Opened()) {
            var model = opened.add(NextStep.open(modelFolder(settings), options(settings)));
            var database = opened.add(OpenedDatabase.open(settings));
            var store = OpenedStore.open(settings);
            var limits = new PictureLimits(settings.limits().sourcePixels(), PictureLimits.DEFAULT.maxSide());
            var studio = new Studio(model, store, limits, rules(settings));
            var metrics = new Metrics();
            var service = opened.add(
                    new JobService(database, settings.queue(), studio, store, settings.minFreeDisk(), metrics));
            metrics.watch(service, model.name());
            var keys = new KeyStore(database);
            var gate = new Gate(settings.security().keys(), keys);
            var beans = Map.of(
                    "serverSettings",
                    settings,
                    "studio",
                    studio,
                    "store",
                    store,
                    "jobService",
                    service,
                    "keys",
                    keys,
                    "gate",
                    gate,
                    "metrics",
                    metrics);
            var web = opened.add(listen(settings, application(settings, beans)));
            service.start();
            warnIfNobodyCanCome(settings, keys);
            opened.keep();
            return new NextStepServer(model, database, service, web, settings, gate);
        }
    }

    private static void warnIfNobodyCanCome(ServerSettings settings, KeyStore keys) {
        if (settings.security().keys() == KeyPolicy.REQUIRED
                && keys.list().stream().allMatch(key -> key.revoked().isPresent())) {
            LOG.warn("keys are required and there is none: make one with 'nextstep serve keys create'");
        }
    }

    private static ContentRules rules(ServerSettings settings) {
        try {
            return ContentRules.of(settings.security().wordList());
        } catch (IllegalArgumentException e) {
            throw new SettingException(Setting.WORD_LIST.option() + ": " + e.getMessage(), e);
        }
    }

    private static ServletWebServerApplicationContext listen(ServerSettings settings, SpringApplication application) {
        try {
            return (ServletWebServerApplicationContext) application.run();
        } catch (WebServerException | BeansException e) {
            var reason =
                    Optional.ofNullable(NestedExceptionUtils.getRootCause(e)).orElse(e);
            var tls = settings.security().tls();
            if (tls.isPresent() && !(reason instanceof BindException)) {
                throw new StartException(
                        "%s and %s cannot be used for TLS: %s"
                                .formatted(tls.get().certificate(), tls.get().key(), reason.getMessage()),
                        e);
            }
            throw new StartException(
                    "cannot listen at %s, port %d: %s"
                            .formatted(settings.address(), settings.port(), reason.getMessage()),
                    e);
        }
    }

    private static Path modelFolder(ServerSettings settings) {
        return settings.model()
                .map(name -> new ModelLocator(HubSettings.fromEnvironment()).find(name))
                .orElseGet(DefaultModel::directory);
    }

    private static OpenOptions options(ServerSettings settings) {
        var options = OpenOptions.DEFAULT.withCache(CacheOptions.DEFAULT.withType(settings.cache()));
        return settings.threads().isPresent()
                ? options.withThreads(settings.threads().getAsInt())
                : options;
    }

    private static SpringApplication application(ServerSettings settings, Map<String, Object> singletons) {
        var application = new SpringApplication(WebConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false); // close() says in which order things end
        application.setAddCommandLineProperties(false);
        application.setEnvironment(new OwnEnvironment(properties(settings)));
        application.addInitializers((ApplicationContextInitializer<ConfigurableApplicationContext>) context -> {
            var beans = (DefaultListableBeanFactory) ((GenericApplicationContext) context).getBeanFactory();
            singletons.forEach(beans::registerSingleton);
        });
        return application;
    }

    /** Spring's settings are ours: no variable and no file that lies about changes them. */
    private static final class OwnEnvironment extends StandardEnvironment {
        private OwnEnvironment(Map<String, Object> properties) {
            getPropertySources().addLast(new MapPropertySource("nextstep", properties));
        }

        @Override
        protected void customizePropertySources(MutablePropertySources sources) {
            // neither the system's properties nor its environment
        }
    }

    private static Map<String, Object> properties(ServerSettings settings) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("spring.config.location", "optional:classpath:/dev/nextstep/server/none/");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.main.lazy-initialization", "false");
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("spring.mvc.log-resolved-exception", "false");
        properties.put("server.address", settings.address());
        properties.put("server.port", Integer.toString(settings.port()));
        properties.put("server.shutdown", "graceful");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
        properties.put("server.error.whitelabel.enabled", "false");
        properties.put("server.tomcat.max-connections", "8192");
        properties.put("server.tomcat.keep-alive-timeout", "30s");
        properties.put("server.tomcat.connection-timeout", "20s");
        properties.put("server.tomcat.max-swallow-size", "1MB");
        properties.put("server.tomcat.max-http-form-post-size", "256KB");
        properties.put("logging.level.root", "warn");
        properties.put("logging.level.dev.nextstep", "info");
        // What goes wrong at the start is told by the command, in one line.
        properties.put("logging.level.org.springframework.boot.SpringApplication", "off");
        properties.put("logging.level.org.springframework.boot.diagnostics", "off");
        properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "error");
        properties.put("logging.level.org.springframework.web.servlet.PageNotFound", "error"); // the access log has it
        properties.put(
                "logging.pattern.console", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%X{request:--}] %c{0}: %m%n%ex");
        settings.security().tls().ifPresent(tls -> properties.putAll(tls(tls)));
        if (settings.logFormat() == LogFormat.JSON) {
            properties.put("logging.structured.format.console", "logstash");
        }
        return properties;
    }

    private static Map<String, Object> tls(SecuritySettings.Tls files) {
        var bundle = "spring.ssl.bundle.pem.server.";
        return Map.of(
                bundle + "keystore.certificate",
                files.certificate().toAbsolutePath().toUri().toString(),
                bundle + "keystore.private-key",
                files.key().toAbsolutePath().toUri().toString(),
                bundle + "reload-on-update",
                "true",
                "server.ssl.bundle",
                "server",
                "server.ssl.enabled-protocols",
                "TLSv1.3,TLSv1.2");
    }

    /** Where it answers. */
    public URI address() {
        int port = web.getWebServer() == null ? 0 : web.getWebServer().getPort();
        var address = settings.address();
        var host = address.contains(":") ? "[" + address + "]" : address;
        var scheme = settings.security().tls().isPresent() ? "https" : "http";
        return URI.create("%s://%s:%d".formatted(scheme, host, port));
    }

    /** A request of it to itself. */
    SelfRequest selfRequest() {
        return new SelfRequest(address(), gate.ownSecret(), settings.security().tls());
    }

    /** Name of its model. */
    public String modelName() {
        return model.name();
    }

    /**
     * Ends it: accepts nothing more, lets what is being drawn finish for as long as is set, hands the rest back to the
     * queue, and answers who is still waiting.
     */
    @Override
    public void close() {
        LOG.info("stopping");
        service.close();
        web.close();
        database.close();
        model.close();
    }
}
