package dev.nextstep.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A hub with one repository on the loopback interface, which breaks connections, stalls or refuses when told to. */
final class SmallHub implements AutoCloseable {
    static final String REPOSITORY = "acme/tiny";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    final AtomicInteger bodies = new AtomicInteger();
    final AtomicInteger drops = new AtomicInteger();
    final CountDownLatch stalled = new CountDownLatch(1);
    volatile int refuseWith;
    volatile boolean stall;
    volatile boolean lie;

    /**
     * Serves a model folder until it is killed, for {@code docs/make-log}: prints the address.
     *
     * @param args the folder, and how many connections to break at first
     */
    public static void main(String[] args) throws IOException {
        var hub = new SmallHub().model(Path.of(args[0]));
        hub.drops.set(Integer.parseInt(args[1]));
        System.out.println(hub.endpoint());
    }

    SmallHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SmallHub file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** All files of a folder, with program code that nobody asked for. */
    SmallHub model(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                file(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return file("modeling.py", "raise SystemExit".getBytes(StandardCharsets.UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = path.replaceFirst("^/" + REPOSITORY + "/resolve/[^/]*/", "");
            if (refuseWith != 0) {
                exchange.sendResponseHeaders(refuseWith, -1);
            } else if (path.startsWith("/api/models/" + REPOSITORY + "/revision/")) {
                text(exchange, "{\"id\":\"%s\",\"sha\":\"%s\"}".formatted(REPOSITORY, COMMIT));
            } else if (path.equals("/api/models/" + REPOSITORY + "/tree/" + COMMIT)) {
                text(
                        exchange,
                        files.entrySet().stream()
                                .map(f -> "{\"type\":\"file\",\"oid\":\"%s\",\"size\":%d,\"path\":\"%s\"}"
                                        .formatted(gitBlob(f.getValue()), f.getValue().length, f.getKey()))
                                .collect(Collectors.joining(",", "[", "]")));
            } else if (files.containsKey(name)) {
                content(exchange, Objects.requireNonNull(files.get(name)));
            } else {
                exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void content(HttpExchange exchange, byte[] content) throws IOException, InterruptedException {
        var headers = exchange.getResponseHeaders();
        headers.set("ETag", "\"" + gitBlob(content) + "\"");
        headers.set("X-Repo-Commit", COMMIT);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        bodies.incrementAndGet();
        var range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (from > 0) {
            headers.set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        var body = exchange.getResponseBody();
        if (lie) {
            var other = content.clone();
            other[other.length - 1] ^= 1;
            body.write(other, from, content.length - from);
            return;
        }
        boolean drop = content.length > 1000 && drops.getAndDecrement() > 0;
        if (drop || stall) {
            body.write(content, from, (content.length - from) / 2);
            body.flush();
            stalled.countDown();
            if (stall) {
                Thread.sleep(60_000);
            }
            throw new IOException("dropped");
        }
        body.write(content, from, content.length - from);
    }

    private static void text(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String gitBlob(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
