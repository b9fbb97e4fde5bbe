package dev.nextstep.server.store;

import com.github.davidmoten.aws.lw.client.Client;
import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.MaxAttemptsExceededException;
import com.github.davidmoten.aws.lw.client.Request;
import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.xml.XmlElement;
import com.github.davidmoten.aws.lw.client.xml.XmlParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few requests of S3 that a store needs. What the store does not answer, or refuses, is a {@link StoreException}. */
final class S3Requests {
    private static final Logger LOG = LoggerFactory.getLogger(S3Requests.class);

    /** Attempts of one request: a store that answers at all now and then says that it is busy. */
    private static final int ATTEMPTS = 3;

    private final S3Address address;
    private final Client client;

    /**
     * Requests to that store; none is sent yet.
     *
     * @throws IllegalArgumentException if no keys are given, and none are in the environment
     */
    S3Requests(S3Address address) {
        this.address = address;
        var place = address.place();
        this.client = Client.s3()
                .region(address.region())
                .credentials(credentials(address))
                .baseUrlFactory((service, region) -> place)
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(30, TimeUnit.SECONDS)
                .retryInitialInterval(100, TimeUnit.MILLISECONDS)
                .retryMaxAttempts(ATTEMPTS)
                .retryStatusCodes(429, 500, 502, 503, 504)
                .build();
    }

    private static Credentials credentials(S3Address address) {
        if (address.keys().isPresent()) {
            var keys = address.keys().get();
            return Credentials.of(keys.access(), keys.secret());
        }
        try {
            return Credentials.fromEnvironment();
        } catch (IllegalArgumentException e) { // of the library, which does not say what is missing
            throw new IllegalArgumentException(
                    "there are no keys: set s3-access-key and s3-secret-key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    e);
        }
    }

    /**
     * An object of the store.
     *
     * @param name its name without the prefix
     * @param changed when it was put, by the store's clock
     */
    record Found(String name, Instant changed) {}

    /**
     * Some of the objects, and where the next ones begin.
     *
     * @param objects in the order of their names
     * @param next what asks for those behind them; empty if there are no more
     */
    record Listing(List<Found> objects, Optional<String> next) {}

    /** Writes an object, whole or not at all; one that is there is replaced. */
    void put(String name, byte[] content) {
        var _ = require(answer("PUT", object(name).method(HttpMethod.PUT).requestBody(content)), "PUT");
    }

    /** Content of an object, if it is there. */
    Optional<byte[]> get(String name) {
        var response = answer("GET", object(name));
        if (response.statusCode() == 404 && "NoSuchKey".equals(code(response))) {
            return Optional.empty();
        }
        return Optional.of(require(response, "GET").content());
    }

    /** When an object was put, if it is there. */
    Optional<Instant> changed(String name) {
        var response = answer("HEAD", object(name).method(HttpMethod.HEAD));
        if (response.statusCode() == 404) { // such an answer has no body that says what is missing
            return Optional.empty();
        }
        return Optional.of(require(response, "HEAD")
                .firstHeaderFullDate("Last-Modified")
                .orElseThrow(() -> failed("HEAD", "it does not say when an object was changed", null)));
    }

    /** Removes an object, if it is there. */
    void delete(String name) {
        var response = answer("DELETE", object(name).method(HttpMethod.DELETE));
        if (response.statusCode() != 404) {
            var _ = require(response, "DELETE");
        }
    }

    /** Objects whose name begins like that, from there on, at most 1000 at once. */
    Listing list(String begin, Optional<String> from) {
        var request = client.path("").query("list-type", "2").query("prefix", address.prefix() + begin);
        from.ifPresent(token -> request.query("continuation-token", token));
        var response = require(answer("LIST", request), "LIST");
        try {
            var xml = XmlElement.parse(response.contentUtf8());
            var objects = new ArrayList<Found>();
            for (var element : xml.childrenWithName("Contents")) {
                objects.add(new Found(
                        element.content("Key").substring(address.prefix().length()),
                        Instant.parse(element.content("LastModified"))));
            }
            boolean isCut = xml.childrenWithName("IsTruncated").stream().anyMatch(e -> "true".equals(e.content()));
            return new Listing(objects, isCut ? Optional.of(xml.content("NextContinuationToken")) : Optional.empty());
        } catch (XmlParseException | DateTimeParseException | IndexOutOfBoundsException e) {
            throw failed("LIST", "its list of objects cannot be read", e);
        }
    }

    private Request object(String name) {
        return client.path(address.prefix() + name);
    }

    private Response answer(String what, Request request) {
        try {
            return request.response();
        } catch (MaxAttemptsExceededException | UncheckedIOException e) {
            throw failed(what, "it does not answer", e);
        }
    }

    private Response require(Response response, String what) {
        if (!response.isOk()) {
            throw failed(what, "it answers %d %s".formatted(response.statusCode(), code(response)), null);
        }
        return response;
    }

    /** The code of an error, such as {@code NoSuchBucket}; empty if the answer has none. */
    private static String code(Response response) {
        try {
            return XmlElement.parse(response.contentUtf8()).content("Code");
        } catch (RuntimeException e) { // an answer of something that is no such store
            return "";
        }
    }

    private StoreException failed(String what, String reason, @Nullable Throwable cause) {
        LOG.warn("{} of {} at {} failed: {}", what, address, address.place(), reason);
        LOG.debug("{} of {} failed", what, address, cause);
        return new StoreException(
                "the store of the server's pictures cannot be used now: " + reason, new IOException(what, cause));
    }
}
