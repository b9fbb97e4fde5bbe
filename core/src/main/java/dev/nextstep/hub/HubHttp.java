package dev.nextstep.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to the hub and to the hosts it redirects to. The token goes to the endpoint only. */
final class HubHttp implements AutoCloseable {
    private static final int MOST_HOPS = 10;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /**
     * A final response.
     *
     * @param linkedEtag the {@code X-Linked-Etag} that the endpoint gave on the way here
     * @param atEndpoint whether the endpoint itself answers, not a host it redirects to
     */
    record Answer(
            URI uri, int status, HttpHeaders headers, BodyStream body, Optional<String> linkedEtag, boolean atEndpoint)
            implements AutoCloseable {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private final PullSession session;
    private final HttpClient client;
    private volatile boolean reached;

    HubHttp(PullSession session) {
        this.session = session;
        // HTTP/1.1: parallel files shall have a connection each; HTTP/2 would put them all through one.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** An address below the endpoint; the path must be encoded. */
    URI address(String path) {
        return URI.create(session.settings().endpoint() + path);
    }

    /** Asks for the metadata of a file: stops at the redirect that speaks of it. */
    Answer head(URI uri) throws TransientFailure {
        return follow("HEAD", uri, Map.of());
    }

    /** Asks for the content, through all redirects. */
    Answer get(URI uri, Map<String, String> headers) throws TransientFailure {
        return follow("GET", uri, headers);
    }

    /** The whole body of a small document. */
    byte[] read(Answer answer, int maxBytes) throws TransientFailure {
        var bytes = new ByteArrayOutputStream();
        try {
            for (var next = answer.body().next();
                    next.isPresent();
                    next = answer.body().next()) {
                for (var buffer : next.get()) {
                    if (bytes.size() + (long) buffer.remaining() > maxBytes) {
                        throw new HubException(
                                HubException.Reason.SERVER,
                                "%s: the answer has more than %d bytes".formatted(shown(answer.uri()), maxBytes));
                    }
                    var copy = new byte[buffer.remaining()];
                    buffer.get(copy);
                    bytes.writeBytes(copy);
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw broken(answer.uri(), e);
        }
    }

    private Answer follow(String method, URI start, Map<String, String> headers) throws TransientFailure {
        var visited = new HashSet<URI>();
        var linked = Optional.<String>empty();
        boolean atEndpoint = true;
        for (var uri = start; visited.add(uri); ) {
            if (visited.size() > MOST_HOPS) {
                throw new HubException(
                        HubException.Reason.SERVER,
                        "%s: more than %d redirects, the last to %s".formatted(shown(start), MOST_HOPS, shown(uri)));
            }
            // Once another host had a say in the way, the token stays at home, wherever the way leads.
            atEndpoint = atEndpoint && isEndpoint(uri);
            var response = send(method, uri, headers, atEndpoint);
            var body = new BodyStream(response.body(), session.surroundings().patience(), session.stop());
            if (atEndpoint && linked.isEmpty()) {
                linked = response.headers().firstValue("X-Linked-Etag");
            }
            boolean redirect = switch (response.statusCode()) {
                case 301, 302, 303, 307, 308 -> true;
                default -> false;
            };
            boolean metadata = method.equals("HEAD") && linked.isPresent();
            if (!redirect || metadata) {
                return new Answer(uri, response.statusCode(), response.headers(), body, linked, atEndpoint);
            }
            body.close();
            uri = target(uri, response.headers());
        }
        throw new HubException(HubException.Reason.SERVER, shown(start) + ": the redirects run in a circle");
    }

    private URI target(URI from, HttpHeaders headers) {
        var location = headers.firstValue("Location").orElse("");
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw badRedirect(from, location, e);
        }
        boolean http = "http".equalsIgnoreCase(to.getScheme());
        boolean https = "https".equalsIgnoreCase(to.getScheme());
        boolean downgrade = http && "https".equalsIgnoreCase(from.getScheme());
        if (location.isEmpty() || to.getHost() == null || downgrade || !(http || https)) {
            throw badRedirect(from, location, new IllegalArgumentException("unusable redirect"));
        }
        return to;
    }

    private static HubException badRedirect(URI from, String location, Exception cause) {
        return new HubException(
                HubException.Reason.SERVER,
                "%s: redirects to '%s'; expected an http(s) address that is no less safe"
                        .formatted(shown(from), HubException.quote(location.replaceFirst("[?#].*", ""))),
                cause);
    }

    private boolean isEndpoint(URI uri) {
        var endpoint = session.settings().endpoint();
        return endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
                && endpoint.getHost().equalsIgnoreCase(uri.getHost())
                && port(endpoint) == port(uri);
    }

    private static int port(URI uri) {
        int standard = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 ? standard : uri.getPort();
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
            String method, URI uri, Map<String, String> headers, boolean withToken) throws TransientFailure {
        var request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .setHeader("User-Agent", "nextstep4j")
                // A compressed body would have neither the length nor the ranges of the file.
                .setHeader("Accept-Encoding", "identity");
        headers.forEach(request::setHeader);
        if (withToken) {
            session.settings().token().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        }
        session.stop().check();
        var pending = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofPublisher());
        long end = System.nanoTime() + session.surroundings().patience().toNanos();
        try {
            while (System.nanoTime() < end) {
                session.stop().check();
                try {
                    var response = pending.get(Stop.LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    reached = true;
                    return response;
                } catch (TimeoutException e) {
                    // Not yet: look whether to stop, then wait on.
                }
            }
            throw new TransientFailure(
                    HubException.Reason.NETWORK,
                    "%s: no answer within %d ms"
                            .formatted(
                                    shown(uri),
                                    session.surroundings().patience().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Stop.exception();
        } catch (ExecutionException e) {
            throw broken(uri, Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            pending.cancel(true);
        }
    }

    /** What a broken connection means: nothing can be done about some failures by trying again. */
    TransientFailure broken(URI uri, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                throw new HubException(
                        HubException.Reason.CERTIFICATE,
                        "%s: the certificate is not trusted (%s); check the clock, a proxy that opens TLS, or add its authority with -Djavax.net.ssl.trustStore"
                                .formatted(shown(uri), HubException.quote(String.valueOf(cause.getMessage()))),
                        failure);
            }
            if (cause instanceof UnresolvedAddressException) {
                var message =
                        "%s: no such host; check HF_ENDPOINT and the network (names, proxy)".formatted(shown(uri));
                // A name that could be resolved a minute ago will be again; one that never could is a mistake.
                if (!reached) {
                    throw new HubException(HubException.Reason.NETWORK, message, failure);
                }
                return new TransientFailure(HubException.Reason.NETWORK, message, failure);
            }
        }
        var reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        var what = failure instanceof ConnectException ? "cannot be connected to" : "the connection broke";
        return new TransientFailure(
                HubException.Reason.NETWORK,
                "%s: %s (%s)".formatted(shown(uri), what, HubException.quote(reason)),
                failure);
    }

    /**
     * Returns if the request succeeded.
     *
     * @throws TransientFailure if it may succeed later
     * @throws HubException if not
     */
    void expectSuccess(Answer answer) throws TransientFailure {
        int status = answer.status();
        var address = shown(answer.uri());
        var detail = answer.header("X-Error-Message")
                .map(text -> " (the server says: " + HubException.quote(text) + ")")
                .orElse("");
        boolean gone = status == 401 || status == 403 || status == 404 || status == 410;
        // The one redirect that is an answer is that of a HEAD request to the content network.
        if (status >= 200 && status < 400) {
            return;
        }
        if (gone && !answer.atEndpoint()) {
            // A signed address expires; the next attempt asks the hub for another one.
            throw new TransientFailure(
                    HubException.Reason.SERVER, "%s: answers %d%s".formatted(address, status, detail));
        }
        if (status == 408 || status == 429 || status >= 500) {
            var kind = status == 429 ? "too many requests" : "answers " + status;
            throw new TransientFailure(
                    HubException.Reason.SERVER,
                    "%s: %s%s".formatted(address, kind, detail),
                    RetryAfter.parse(answer.header("Retry-After").orElse("")));
        }
        throw gone
                ? refusal(status, answer.header("X-Error-Code").orElse(""), address, detail)
                : new HubException(HubException.Reason.SERVER, "%s: answers %d%s".formatted(address, status, detail));
    }

    private HubException refusal(int status, String code, String address, String detail) {
        var reference = session.reference();
        boolean token = session.settings().token().isPresent();
        var page = session.settings().endpoint() + "/" + reference.repository();
        if (code.toLowerCase(Locale.ROOT).equals("gatedrepo")) {
            return new HubException(
                    HubException.Reason.ACCESS,
                    "%s is gated: accept its licence at %s, then %s%s"
                            .formatted(
                                    reference.repository(),
                                    page,
                                    token
                                            ? "check that the token (HF_TOKEN) is of that account and may read it"
                                            : "set HF_TOKEN to a token of that account",
                                    detail));
        }
        return switch (code) {
            case "RevisionNotFound" ->
                new HubException(
                        HubException.Reason.NOT_FOUND,
                        "%s has no revision '%s'%s".formatted(reference.repository(), reference.revision(), detail));
            case "EntryNotFound" ->
                new HubException(HubException.Reason.NOT_FOUND, "%s: no such file%s".formatted(address, detail));
            default -> {
                if (status == 404 || status == 410) {
                    yield new HubException(
                            HubException.Reason.NOT_FOUND,
                            "%s: not found; check organization, model and revision of %s, or it is private and needs HF_TOKEN%s"
                                    .formatted(address, reference, detail));
                }
                yield new HubException(
                        HubException.Reason.ACCESS,
                        "%s: access refused (%d): %s does not exist, is private or is gated; %s%s"
                                .formatted(
                                        address,
                                        status,
                                        reference.repository(),
                                        token
                                                ? "check the name, that the token (HF_TOKEN) is valid, and accept the licence at "
                                                        + page
                                                : "check the name, or set HF_TOKEN and accept the licence at " + page,
                                        detail));
            }
        };
    }

    /** An address for messages: without the query, which may hold a signature. */
    static String shown(URI uri) {
        var text = uri.toString();
        int query = text.indexOf('?');
        return HubException.quote(query < 0 ? text : text.substring(0, query));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
