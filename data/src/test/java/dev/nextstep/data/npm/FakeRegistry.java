package dev.nextstep.data.npm;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry on the loopback interface with one tarball under every address. */
final class FakeRegistry implements AutoCloseable {
    private final HttpServer server;
    private volatile byte[] content;
    /** The Range header of each request, "" without. */
    final List<String> ranges = new CopyOnWriteArrayList<>();

    final List<String> paths = new CopyOnWriteArrayList<>();

    FakeRegistry(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "" : range);
            paths.add(exchange.getRequestURI().getPath());
            byte[] body = this.content;
            int status = 200;
            if (range != null) {
                int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
                status = from < body.length ? 206 : 416;
                body = from < body.length ? Arrays.copyOfRange(body, from, body.length) : new byte[0];
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void serve(byte[] other) {
        content = other;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A package's tarball with these files. */
    static byte[] tarball(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : files.entrySet()) {
                byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry("package/" + file.getKey());
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static String integrity(byte[] content) {
        try {
            return "sha512-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-512").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
