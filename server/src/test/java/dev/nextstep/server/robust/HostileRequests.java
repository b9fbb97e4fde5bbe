package dev.nextstep.server.robust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Requests that nobody should send, as bytes on the wire: broken HTTP, hostile headers, bodies that are no JSON and no forms, and
 * pictures that are none. The same seed gives the same requests.
 */
final class HostileRequests {
    private static final String LINE = "\r\n";

    private final Random random;
    private final HostilePictures pictures;
    private final List<Function<HostileRequests, Request>> kinds = List.of(
            HostileRequests::brokenLine,
            HostileRequests::brokenHeaders,
            HostileRequests::brokenLength,
            HostileRequests::strangeHeaderOfAGoodRequest,
            HostileRequests::strangePath,
            HostileRequests::brokenJson,
            HostileRequests::strangeJson,
            HostileRequests::brokenForm,
            HostileRequests::formWithAPicture,
            HostileRequests::formWithAPicture,
            HostileRequests::formWithAPicture);

    HostileRequests(long seed) {
        this.random = new Random(seed);
        this.pictures = new HostilePictures(random);
    }

    /**
     * A request.
     *
     * @param name what is wrong with it
     * @param bytes all of it
     */
    record Request(String name, byte[] bytes) {}

    Request next() {
        return pick(kinds).apply(this);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String text(int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append((char) (32 + random.nextInt(95)));
        }
        return text.toString();
    }

    private byte[] noise(int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Request of(String name, String head, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return new Request(name, out.toByteArray());
    }

    private static String head(String method, String path, String contentType, long length) {
        return method + " " + path + " HTTP/1.1" + LINE + "Host: 127.0.0.1" + LINE + "Connection: close" + LINE
                + "Content-Type: " + contentType + LINE + "Content-Length: " + length + LINE + LINE;
    }

    private static Request post(String name, String path, String contentType, byte[] body) {
        return of(name, head("POST", path, contentType, body.length), body);
    }

    private Request brokenLine() {
        var line = pick(List.of(
                "GET",
                "GET /v1/models",
                "GET /v1/models HTTP/9.9",
                "GET /v1/models HTTP/1.1 more",
                "G\u0001T /v1/models HTTP/1.1",
                "GET /v1/mod els HTTP/1.1",
                "GET http://[::bad/v1/models HTTP/1.1",
                "GET /v1/models?" + "a".repeat(20_000) + " HTTP/1.1",
                "PRI * HTTP/2.0",
                "\u0016\u0003\u0001\u0002",
                text(200)));
        return of("first line", line + LINE + "Host: 127.0.0.1" + LINE + "Connection: close" + LINE + LINE, noise(40));
    }

    private Request brokenHeaders() {
        var headers = pick(List.of(
                "X-A: " + "b".repeat(70_000) + LINE,
                ("X-A: b" + LINE).repeat(3_000),
                "X-A\u0000: b" + LINE,
                "X-A: a\u0000b" + LINE,
                " folded: yes" + LINE,
                "no colon" + LINE,
                "Host: other" + LINE + "Host: third" + LINE,
                "Host: a/b\\c" + LINE,
                ": empty" + LINE,
                "X-A: \u00ff\u00fe" + LINE,
                text(300) + LINE));
        return of(
                "headers", "GET /v1/models HTTP/1.1" + LINE + headers + "Connection: close" + LINE + LINE, new byte[0]);
    }

    private Request brokenLength() {
        var headers = pick(List.of(
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 5" + LINE + "Content-Length: 6",
                "Content-Length: 5" + LINE + "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked",
                "Content-Length: 2" + LINE + "Content-Encoding: gzip",
                "Content-Length: 2" + LINE + "Expect: 200-maybe"));
        var head = "POST /v1/jobs HTTP/1.1" + LINE + "Host: 127.0.0.1" + LINE + "Connection: close" + LINE
                + "Content-Type: application/json" + LINE + headers + LINE + LINE;
        var body = pick(List.of("{}", "zz\r\n{}\r\n", "ffffffffffffffff\r\n{}", "2\r\n{}\r\n0\r\n\r\n", "-1\r\n"));
        return of("length", head, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Request strangeHeaderOfAGoodRequest() {
        var name = pick(List.of(
                "Idempotency-Key",
                "X-Request-Id",
                "Last-Event-ID",
                "If-None-Match",
                "If-Modified-Since",
                "Range",
                "Authorization",
                "Origin",
                "Accept",
                "Accept-Encoding",
                "Accept-Language",
                "Cookie",
                "X-Forwarded-For",
                "X-HTTP-Method-Override",
                "Access-Control-Request-Method",
                "Upgrade",
                "Expect"));
        var value = pick(List.of(
                "",
                "*",
                ",,,,",
                "\"",
                "a".repeat(5_000),
                "-1",
                "9".repeat(400),
                "bytes=9999999999999999999-",
                "text/plain;q=99",
                "../../etc/passwd",
                "%0d%0aX-Evil: 1",
                "null",
                "\u00e4\u00ff",
                "Bearer ",
                "h2c",
                text(100)));
        var method = pick(List.of("GET", "HEAD", "OPTIONS", "PUT", "TRACE", "DELETE"));
        var path = pick(List.of(
                "/v1/models",
                "/v1/jobs",
                "/v1/jobs/job_1/events",
                "/v1/keys",
                "/metrics",
                "/v1/openapi.json",
                "/health/ready"));
        return of(
                "header " + name,
                method + " " + path + " HTTP/1.1" + LINE + "Host: 127.0.0.1" + LINE + "Connection: close" + LINE + name
                        + ": " + value + LINE + LINE,
                new byte[0]);
    }

    private Request strangePath() {
        var path = pick(List.of(
                "/v1/jobs/%00",
                "/v1/jobs/%",
                "/v1/jobs/%zz",
                "/v1/jobs/..%2f..%2fetc%2fpasswd",
                "/v1/jobs/" + "a".repeat(4_000),
                "/v1/jobs/'%20OR%201=1--",
                "/v1/jobs/job_1/pictures/-1",
                "/v1/jobs/job_1/pictures/99999999999999999999",
                "/v1/jobs?limit=" + "9".repeat(300),
                "/v1/jobs?limit=1&limit=2&after=%00&q=%ff",
                "/v1/jobs?q=%25%5f%21%27",
                "/v1/jobs?state=none&owner=%F0%9F%98%80",
                "/v1/jobs;jsessionid=1",
                "//v1//jobs",
                "/v1/models/%2e%2e/%2e%2e",
                "/v1/models/" + "%F0%9F%98%80".repeat(50),
                "/error",
                "/actuator/env",
                "/%ff%fe"));
        return of(
                "path " + path.substring(0, Math.min(30, path.length())),
                pick(List.of("GET", "DELETE")) + " " + path + " HTTP/1.1" + LINE + "Host: 127.0.0.1" + LINE
                        + "Connection: close" + LINE + LINE,
                new byte[0]);
    }

    private Request brokenJson() {
        var body = pick(List.of(
                "",
                "{",
                "[".repeat(100_000),
                "{\"a\":".repeat(20_000),
                "{\"prompt\": \"" + "a".repeat(2_000_000) + "\"}",
                "{\"prompt\": 1e99999999}",
                "{\"prompt\": \"\\ud800\"}",
                "{\"prompt\": \"a\", \"prompt\": \"b\"}",
                "null",
                "\"" + "\\u0000".repeat(1_000) + "\"",
                "{\"\": {}}",
                "\u00ff\u00fe{}",
                text(500)));
        return post("no JSON", path(), "application/json", body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String path() {
        return pick(List.of("/v1/images/generations", "/v1/jobs", "/v1/jobs/job_1/branches", "/v1/keys"));
    }

    private Request strangeJson() {
        var name = pick(List.of(
                "prompt",
                "n",
                "size",
                "seed",
                "steps",
                "guidance_scale",
                "timestep_shift",
                "late_steps",
                "guidance_every",
                "sampler",
                "output_format",
                "output_compression",
                "partial_images",
                "stream",
                "model",
                "user",
                "negative_prompt",
                "priority",
                "role",
                "deadline_seconds",
                "row",
                "response_format",
                "__proto__"));
        var value = pick(List.of(
                "null",
                "-1",
                "0",
                "1e308",
                "1e-320",
                "9223372036854775808",
                "\"\"",
                "\"\\u0000\"",
                "[]",
                "{}",
                "true",
                "[[[]]]",
                "\"0x0\"",
                "\"99999x99999\"",
                "\"16x16\\n\"",
                "\"\\u202egnp\"",
                "[\"a\", 1]",
                "1.5",
                "NaN",
                "\"" + "\\ud83d\\ude00".repeat(3_000) + "\""));
        var body = "{\"prompt\": \"a\", \"size\": \"16x16\", \"steps\": 2, \"%s\": %s}"
                .formatted(
                        name + (name.equals("prompt") || name.equals("size") || name.equals("steps") ? "_" : ""),
                        value);
        return post("value of " + name, path(), "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private Request brokenForm() {
        var type = pick(List.of(
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=" + "b".repeat(5_000),
                "multipart/form-data; boundary=\"b",
                "multipart/form-data; boundary=b; boundary=c",
                "multipart/mixed; boundary=b",
                "multipart/form-data; boundary=b; charset=none",
                "application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data; boundary=b"));
        var body = pick(List.of(
                "",
                "--b",
                "--b\r\n",
                "--b--\r\n",
                "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"../../x\"\r\n\r\n\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"\u0000\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nX: " + "h".repeat(10_000) + "\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".repeat(300) + "--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n" + "\u00ff".repeat(300_000)
                        + "\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n####\r\n--b--\r\n",
                text(2_000)));
        return post(
                "no form",
                pick(List.of("/v1/images/edits", "/v1/jobs")),
                type,
                body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Request formWithAPicture() {
        var picture = pictures.next();
        var out = new ByteArrayOutputStream();
        var fields = new StringBuilder();
        new TreeMap<>(Map.of("prompt", "a hat", "steps", "2", "size", "16x16"))
                .forEach((name, value) -> fields.append("--b")
                        .append(LINE)
                        .append("Content-Disposition: form-data; name=\"%s\"".formatted(name))
                        .append(LINE + LINE)
                        .append(value)
                        .append(LINE));
        out.writeBytes(fields.toString().getBytes(StandardCharsets.US_ASCII));
        for (var name : random.nextInt(4) == 0 ? List.of("image", "mask") : List.of("image")) {
            out.writeBytes(
                    "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                            .formatted(
                                    name,
                                    pick(List.of("a.png", "../../../etc/x", "a\u0001b", "CON", "")),
                                    pick(List.of("image/png", "text/html", "image/svg+xml", "a/b/c", "")))
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes(picture.bytes());
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return post(
                "picture: " + picture.name(), "/v1/images/edits", "multipart/form-data; boundary=b", out.toByteArray());
    }
}
