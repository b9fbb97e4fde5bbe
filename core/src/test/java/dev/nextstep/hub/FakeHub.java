package dev.nextstep.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A hub on the loopback interface: it speaks the protocol, keeps large files on a second server (the content network),
 * and misbehaves when told to.
 */
final class FakeHub implements AutoCloseable {
    static final String REPOSITORY = "acme/tiny-model";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** How a request was made. */
    record Request(String server, String method, String path, Map<String, String> headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /** What a server does with one request instead of what it should. */
    interface Misdeed {
        void serve(HttpExchange exchange, byte[] content) throws IOException;
    }

    private record Served(byte[] content, boolean large, String gitBlob, String sha256) {
        Served(byte[] content, boolean large) {
            this(content, large, FakeHub.gitBlob(content), FakeHub.sha256(content));
        }
    }

    private final HttpServer hub = server();
    private final HttpServer network = server();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Served> files = new LinkedHashMap<>();
    private final Map<String, Deque<Misdeed>> misdeeds = new ConcurrentHashMap<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile int pageSize = 1000;
    volatile String listOverride = "";

    FakeHub() {
        hub.createContext("/", exchange -> handle("hub", exchange));
        network.createContext("/", exchange -> handle("network", exchange));
        hub.setExecutor(threads);
        network.setExecutor(threads);
        hub.start();
        network.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    URI networkAddress(String path) {
        return URI.create("http://127.0.0.1:" + network.getAddress().getPort() + path);
    }

    HubSettings settings(Path cache) {
        return new HubSettings(endpoint(), Optional.of("hf_secret"), cache, HubAccess.ONLINE, 4, 3);
    }

    FakeHub small(String path, byte[] content) {
        files.put(path, new Served(content, false));
        return this;
    }

    FakeHub large(String path, byte[] content) {
        files.put(path, new Served(content, true));
        return this;
    }

    /** The next requests with that method and path suffix are served so; each misdeed once. */
    FakeHub misbehave(String methodAndPath, Misdeed... deeds) {
        misdeeds.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).addAll(List.of(deeds));
        return this;
    }

    /** Requests for content, whichever server was asked. */
    List<Request> contentRequests(String server) {
        return requests.stream()
                .filter(r -> r.method().equals("GET")
                        && r.server().equals(server)
                        && (r.path().contains("/resolve/") || r.path().startsWith("/content/")))
                .toList();
    }

    static String sha256(byte[] content) {
        return hex("SHA-256", content);
    }

    static String gitBlob(byte[] content) {
        var header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(header, header.length + content.length);
        System.arraycopy(content, 0, all, header.length, content.length);
        return hex("SHA-1", all);
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(String server, HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var method = exchange.getRequestMethod();
            var headers = new LinkedHashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            requests.add(new Request(server, method, path, headers));
            var name = path.replaceFirst("^/(" + REPOSITORY + "/resolve/[^/]*|content)/", "");
            var content = files.containsKey(name) ? files.get(name).content() : new byte[0];
            // What concerns a large file's bytes happens where they are served.
            boolean passesOn = server.equals("hub") && method.equals("GET") && isLarge(name);
            var deed = passesOn ? null : poll(method + " " + name);
            if (deed != null) {
                deed.serve(exchange, content);
            } else if (path.startsWith("/api/")) {
                api(exchange, path);
            } else if (files.containsKey(name)) {
                file(server, exchange, name, content);
            } else {
                exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (IOException e) {
            // The client went away, or a misdeed broke the connection on purpose.
            exchange.close();
        }
    }

    private Served served(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private boolean isLarge(String name) {
        return files.containsKey(name) && files.get(name).large();
    }

    private @Nullable Misdeed poll(String key) {
        var queue = misdeeds.get(key);
        if (queue == null) {
            return null;
        }
        synchronized (queue) {
            return queue.poll();
        }
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        if (path.startsWith("/api/models/" + REPOSITORY + "/revision/")) {
            json(exchange, "{\"id\":\"" + REPOSITORY + "\",\"sha\":\"" + COMMIT + "\",\"private\":false,\"x\":1.5}");
        } else if (path.equals("/api/models/" + REPOSITORY + "/tree/" + COMMIT)) {
            if (!listOverride.isEmpty()) {
                json(exchange, listOverride);
                return;
            }
            var query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            int from = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=", "")) : 0;
            var entries = files.entrySet().stream().skip(from).limit(pageSize).toList();
            if (from + pageSize < files.size()) {
                // As mirrors do: the link names another host than the one that was asked.
                exchange.getResponseHeaders()
                        .set(
                                "Link",
                                "<" + networkAddress(path) + "?recursive=true&cursor=" + (from + pageSize)
                                        + ">; rel=\"next\"");
            }
            var list = new StringBuilder("[{\"type\":\"directory\",\"oid\":\"00\",\"size\":0,\"path\":\"vae\"}");
            entries.forEach(entry -> list.append(',').append(listed(entry.getKey(), entry.getValue())));
            json(exchange, list.append(']').toString());
        } else {
            exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static String listed(String path, Served file) {
        int size = file.content().length;
        var lfs = file.large()
                ? ",\"lfs\":{\"oid\":\"" + file.sha256() + "\",\"size\":" + size + ",\"pointerSize\":130}"
                : "";
        return "{\"type\":\"file\",\"oid\":\"" + file.gitBlob() + "\",\"size\":" + size + ",\"path\":\"" + path + "\""
                + lfs + "}";
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void file(String server, HttpExchange exchange, String name, byte[] content) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (server.equals("hub")) {
            headers.set("X-Repo-Commit", COMMIT);
        }
        if (server.equals("hub") && isLarge(name)) {
            headers.set("ETag", "\"etag-of-the-redirect\"");
            headers.set("X-Linked-Etag", "\"" + served(name).sha256() + "\"");
            headers.set("X-Linked-Size", Integer.toString(content.length));
            headers.set("Location", networkAddress("/content/" + name) + "?signature=s3cret");
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        var etag = server.equals("hub") ? served(name).gitBlob() : "network-" + content.length;
        serve(exchange, content, etag);
    }

    /** Serves content well, with ranges and their condition. */
    static void serve(HttpExchange exchange, byte[] content, String etag) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("ETag", "\"" + etag + "\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        int offset = offset(exchange);
        var condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (condition != null && !condition.equals("\"" + etag + "\"")) {
            offset = 0;
        }
        if (offset > 0) {
            headers.set("Content-Range", "bytes " + offset + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(offset > 0 ? 206 : 200, content.length == 0 ? -1 : content.length - offset);
        exchange.getResponseBody().write(content, offset, content.length - offset);
    }

    static int offset(HttpExchange exchange) {
        var range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    }

    /** Answers with a status and headers (name, value, …). */
    static Misdeed status(int status, String... headers) {
        return (exchange, content) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Breaks the connection after so many bytes of what it announced. */
    static Misdeed drop(int bytes) {
        return (exchange, content) -> {
            int offset = offset(exchange);
            exchange.getResponseHeaders().set("ETag", "\"network-" + content.length + "\"");
            if (offset > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + offset + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(offset > 0 ? 206 : 200, content.length - offset);
            exchange.getResponseBody().write(content, offset, bytes);
            exchange.getResponseBody().flush();
            throw new IOException("dropped");
        };
    }

    @Override
    public void close() {
        hub.stop(0);
        network.stop(0);
        threads.shutdownNow();
    }
}
