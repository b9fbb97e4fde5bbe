package dev.nextstep.server.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.LateSteps;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.Recipe;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.ServerSentEvents;
import dev.nextstep.server.config.Setting;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients send is drawn, exactly; what cannot be drawn is refused by its name. */
class ImagesApiTest {
    private static final String GENERATIONS = "/v1/images/generations";
    private static final String EDITS = "/v1/images/edits";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data,
                Map.of(Setting.MAX_PICTURES, "4", Setting.MAX_PIXELS, "16384", Setting.MAX_SOURCE_PIXELS, "40000"));
        model = NextStep.open(RunningServer.MODEL);
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    private static GenerateRequest.Builder quick(String prompt) {
        return GenerateRequest.builder(prompt).size(64, 48).steps(3).seed(5);
    }

    private static final String QUICK = "\"size\": \"64x48\", \"steps\": 3, \"seed\": 5";

    private static byte[] file(Picture picture) {
        return PictureWriter.encode(
                picture.pixels(),
                PictureFormat.PNG,
                WriteOptions.DEFAULT.withTexts(picture.recipe().toTexts()));
    }

    private static byte[] decoded(JsonNode node) {
        return Base64.getDecoder().decode(node.path("b64_json").asString());
    }

    private static byte[] png(Pixels pixels) {
        return PictureWriter.encode(pixels, PictureFormat.PNG, WriteOptions.DEFAULT);
    }

    @Test
    void drawsWhatTheLibraryDrawsToTheByte() {
        var answer = server.post(GENERATIONS, "{\"prompt\": \"a red heart\", \"n\": 3, %s}".formatted(QUICK));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var json = answer.json();
        var expected = model.generateAll(
                quick("a red heart").count(3).build(),
                dev.nextstep.DrawingListener.NONE,
                new dev.nextstep.engine.Cancellation());
        assertThat(json.path("data")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(decoded(json.at("/data/" + i))).isEqualTo(file(expected.get(i)));
            assertThat(json.at("/data/%d/index".formatted(i)).intValue()).isEqualTo(i);
        }
        assertThat(json.path("size").asString()).isEqualTo("64x48");
        assertThat(json.path("output_format").asString()).isEqualTo("png");
        assertThat(json.at("/usage/output_tokens").intValue()).isEqualTo(3 * 12);
        assertThat(json.at("/usage/input_tokens").intValue())
                .isEqualTo(json.at("/usage/input_tokens_details/text_tokens").intValue())
                .isPositive();
    }

    @Test
    void takesEverySettingOfItsOwn() {
        var answer = server.post(GENERATIONS, """
                {"prompt": "a panda", "size": "48x32", "seed": -9007199254740993, "steps": 4, "sampler": "cps",
                 "guidance_scale": 3.5, "timestep_shift": 1.5, "negative_prompt": "blue ✿", "positive_prompt": "flat",
                 "late_steps": "3@0.25", "guidance_every": 2, "n": null, "quality": "auto", "background": "opaque", "moderation": "auto", "user": "u\\u0000\\n"}
                """);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var picture = model.generate(GenerateRequest.builder("a panda")
                .size(48, 32)
                .seed(-9007199254740993L)
                .steps(4)
                .sampler(Sampler.of("cps"))
                .guidanceScale(3.5f)
                .timestepShift(1.5f)
                .lateSteps(new LateSteps(3, 0.25f))
                .guidanceEvery(2)
                .negativePrompt("blue ✿")
                .positivePrompt("flat")
                .build());
        assertThat(decoded(answer.json().at("/data/0"))).isEqualTo(file(picture));
    }

    @Test
    void aSeedThatIsNotGivenIsTold() {
        var first = server.post(GENERATIONS, "{\"prompt\": \"a cat\", \"size\": \"32x32\", \"steps\": 2}")
                .json();
        long seed = first.at("/data/0/seed").longValue();
        var again = server.post(
                        GENERATIONS,
                        "{\"prompt\": \"a cat\", \"size\": \"32x32\", \"steps\": 2, \"seed\": %d}".formatted(seed))
                .json();
        assertThat(decoded(again.at("/data/0"))).isEqualTo(decoded(first.at("/data/0")));
        assertThat(Recipe.of(PictureTexts.read(decoded(first.at("/data/0"))))
                        .orElseThrow()
                        .seed())
                .isEqualTo(seed);
    }

    /** The heart of it: what is shown on the way is decoded from the very tokens that the finished picture has. */
    @Test
    void partialPicturesAreTheRowsOfTheFinishedOne() {
        var answer = server.post(
                GENERATIONS,
                "{\"prompt\": \"a red heart\", \"size\": \"48x128\", \"steps\": 3, \"seed\": 5, \"stream\": true,"
                        + " \"partial_images\": 100}");
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        var events = ServerSentEvents.parse(answer.text());
        var whole = model.generate(GenerateRequest.builder("a red heart")
                .size(48, 128)
                .steps(3)
                .seed(5)
                .build());
        assertThat(events).as(answer.text()).hasSize(8);
        for (int i = 0; i < 7; i++) {
            var event = events.get(i);
            assertThat(event.name()).isEqualTo("image_generation.partial_image");
            assertThat(event.data().path("type").asString()).isEqualTo(event.name());
            assertThat(event.data().path("partial_image_index").intValue()).isEqualTo(i);
            int rows = event.data().path("finished_rows").intValue();
            assertThat(rows).isEqualTo(i + 1);
            var tokens = new ImageTokens(rows, 3, Arrays.copyOf(whole.tokens(), rows * 3 * 64));
            assertThat(new PictureReader().read(decoded(event.data()), "partial"))
                    .isEqualTo(model.decode(tokens));
        }
        var last = events.getLast();
        assertThat(last.name()).isEqualTo("image_generation.completed");
        assertThat(decoded(last.data())).isEqualTo(file(whole));
        assertThat(last.data().at("/usage/output_tokens").intValue()).isEqualTo(24);
    }

    @Test
    void whoHangsUpIsNotDrawnFor() throws IOException {
        var body =
                "{\"prompt\": \"hang up\", \"size\": \"64x256\", \"steps\": 100, \"stream\": true, \"partial_images\": 15}";
        var address = server.uri(GENERATIONS);
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(GENERATIONS, body.length(), body)
                                    .getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(reader.lines().anyMatch(line -> line.startsWith("event: ")))
                    .isTrue();
        }
        var job = server.get("/v1/jobs?q=hang%20up").json().at("/data/0");
        var ended = server.awaitState(job.path("id").asString(), "cancelled", "completed");
        assertThat(ended.path("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void asManyPartialPicturesAsAreAskedForEvenlySpread() {
        var answer = server.post(
                GENERATIONS,
                "{\"prompt\": \"x\", \"n\": 2, \"size\": \"16x128\", \"steps\": 2, \"stream\": true,"
                        + " \"partial_images\": 3}");
        var rows = ServerSentEvents.parse(answer.text()).stream()
                .filter(e -> e.name().endsWith("partial_image"))
                .map(e -> e.data().path("index").intValue() + ":"
                        + e.data().path("finished_rows").intValue())
                .toList();
        assertThat(rows).containsExactlyInAnyOrder("0:2", "0:4", "0:6", "1:2", "1:4", "1:6");
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpeg, image/jpeg", "webp, image/webp"})
    void writesTheKindThatIsAskedFor(String kind, String mediaType) throws IOException {
        var answer = server.post(
                        GENERATIONS,
                        "{\"prompt\": \"a cat\", \"output_format\": \"%s\", \"response_format\": \"url\", %s}"
                                .formatted(kind, QUICK))
                .json();
        assertThat(answer.at("/data/0").has("b64_json")).isFalse();
        var file = server.get(URI.create(answer.at("/data/0/url").asString()).getPath());
        assertThat(file.header("Content-Type")).isEqualTo(mediaType);
        var pixels = new PictureReader().read(file.body(), kind);
        assertThat(pixels.width()).isEqualTo(64);
        assertThat(Recipe.of(PictureTexts.read(file.body())).orElseThrow().prompt())
                .isEqualTo("a cat");
        if (!kind.equals("jpeg")) {
            assertThat(pixels).isEqualTo(model.generate(quick("a cat").build()).pixels());
        }
    }

    @Test
    void compressionMakesJpegSmaller() {
        var sizes = List.of(100, 50, 0).stream()
                .map(quality -> decoded(server.post(
                                        GENERATIONS,
                                        "{\"prompt\": \"a cat\", \"output_format\": \"jpeg\", \"output_compression\": %d, %s}"
                                                .formatted(quality, QUICK))
                                .json()
                                .at("/data/0"))
                        .length)
                .toList();
        assertThat(sizes.get(0)).isGreaterThan(sizes.get(1));
        assertThat(sizes.get(1)).isGreaterThan(sizes.get(2));
    }

    @Test
    void editsOneOrSeveralPictures() {
        var heart = model.generate(quick("a heart").build()).pixels();
        var tall = Pixels.of(48, 80, new byte[3 * 48 * 80]);
        var one = server.post(
                EDITS,
                new Form()
                        .file("image", "../../heart.png", png(heart))
                        .field("prompt", "make it blue")
                        .field("steps", "3")
                        .field("seed", "5")
                        .field("guidance_scale", "2.5")
                        .field("image_guidance_scale", "1.5"));
        assertThat(one.status()).as(one.text()).isEqualTo(200);
        var expected = model.edit(EditRequest.builder("make it blue", heart)
                .steps(3)
                .seed(5)
                .guidanceScale(2.5f)
                .imageGuidanceScale(1.5f)
                .build());
        assertThat(decoded(one.json().at("/data/0"))).isEqualTo(file(expected));
        assertThat(one.json().at("/usage/input_tokens_details/image_tokens").intValue())
                .isPositive();

        var two = server.post(
                EDITS,
                new Form()
                        .file("image[]", "a.png", png(heart))
                        .file("image[]", "b.png", png(tall))
                        .field("prompt", "<image> and <image>")
                        .field("size", "32x32")
                        .field("steps", "3")
                        .field("seed", "5")
                        .field("stream", "true")
                        .field("partial_images", "1"));
        var events = ServerSentEvents.parse(two.text());
        assertThat(events)
                .extracting(ServerSentEvents.Event::name)
                .as(two.text())
                .containsExactly("image_edit.partial_image", "image_edit.completed");
        assertThat(decoded(events.getLast().data()))
                .isEqualTo(file(model.edit(EditRequest.builder("<image> and <image>", heart, tall)
                        .size(32, 32)
                        .steps(3)
                        .seed(5)
                        .build())));
    }

    @Test
    void whatAMaskDoesNotShowStays() throws IOException {
        var heart = model.generate(quick("a heart").size(64, 64).build()).pixels();
        var holes = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        var light = new byte[3 * 64 * 64];
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                boolean isHole = y >= 32;
                holes.setRGB(x, y, isHole ? 0x00FFFFFF : 0xFFFFFFFF); // light everywhere: transparency is what counts
                Arrays.fill(light, 3 * (64 * y + x), 3 * (64 * y + x) + 3, (byte) (isHole ? 255 : 0));
            }
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(holes, "png", out);
        var answer = server.post(
                EDITS,
                new Form()
                        .file("image", "heart.png", png(heart))
                        .file("mask", "mask.png", out.toByteArray())
                        .field("prompt", "a star")
                        .field("steps", "3")
                        .field("seed", "5"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var expected = model.edit(EditRequest.builder("a star", heart)
                .mask(Pixels.of(64, 64, light))
                .steps(3)
                .seed(5)
                .build());
        assertThat(decoded(answer.json().at("/data/0"))).isEqualTo(file(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    style: "vivid"                   | style              | unknown_parameter
                    prompt: 7                        | prompt             | invalid_value
                    n: 0                             | n                  | invalid_value
                    n: 5                             | n                  | invalid_value
                    n: 1.5                           | n                  | invalid_value
                    n: "2"                           | n                  | invalid_value
                    size: "17x16"                    | size               | invalid_value
                    size: "0x16"                     | size               | invalid_value
                    size: "256x256"                  | size               | invalid_value
                    size: "big"                      | size               | invalid_value
                    steps: 0                         | steps              | invalid_value
                    steps: 1                         | steps              | invalid_value
                    guidance_scale: 0.5              | guidance_scale     | invalid_value
                    guidance_scale: 1e999            | guidance_scale     | invalid_value
                    timestep_shift: 0                | timestep_shift     | invalid_value
                    late_steps: 8                    | late_steps         | invalid_value
                    late_steps: "8@1.5"              | late_steps         | invalid_value
                    late_steps: "1@0.5"              | late_steps         | invalid_value
                    guidance_every: 0                | guidance_every     | invalid_value
                    sampler: "euler"                 | sampler            | invalid_value
                    seed: 18446744073709551616       | seed               | invalid_value
                    output_format: "gif"             | output_format      | invalid_value
                    output_compression: 50           | output_compression | invalid_value
                    partial_images: 2                | partial_images     | invalid_value
                    stream: "yes"                    | stream             | invalid_value
                    quality: "high"                  | quality            | invalid_value
                    background: "transparent"        | background         | invalid_value
                    image_guidance_scale: 2          | image_guidance_scale | unknown_parameter
                    model: "dall-e-3"                | model              | model_not_found
                    """)
    void refusesWhatItCannotDoByItsName(String field, String param, String code) {
        var name = field.substring(0, field.indexOf(':'));
        var prompt = name.equals("prompt") ? "" : "\"prompt\": \"x\", ";
        var answer = server.post(GENERATIONS, "{%s\"%s\"%s}".formatted(prompt, name, field.substring(name.length())));
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.param()).isEqualTo(param);
        assertThat(answer.status()).isEqualTo(code.equals("model_not_found") ? 404 : 400);
        assertThat(answer.message()).contains(code.equals("model_not_found") ? "emoji" : param);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"prompt\": \"a\", \"prompt\": \"b\"}",
                "{\"prompt\": \"a\"} x",
                "{\"prompt\": \"\\ud800\"}",
                "{}",
                "{\"prompt\": null}"
            })
    void refusesBodiesThatAreNoRequest(String body) {
        var answer = server.post(GENERATIONS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
    }

    @Test
    void aPromptThatIsTooLongForTheModelIsRefused() {
        var answer = server.post(GENERATIONS, "{\"prompt\": \"%s\"}".formatted("a heart ".repeat(1000)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("tokens");
        var longer = server.post(GENERATIONS, "{\"prompt\": \"%s\"}".formatted("a".repeat(2 << 20)));
        assertThat(longer.status()).isEqualTo(413);
    }

    @Test
    void refusesFormsThatAreNoEdit() {
        var heart = png(Pixels.of(32, 32, new byte[3 * 32 * 32]));
        assertThat(server.post(EDITS, new Form().field("prompt", "x")).param()).isEqualTo("image");
        assertThat(server.post(EDITS, new Form().file("image", "a", heart)).code())
                .isEqualTo("missing_required_parameter");
        assertThat(server.post(
                                EDITS,
                                new Form()
                                        .file("image", "a", heart)
                                        .field("prompt", "x")
                                        .field("style", "y"))
                        .param())
                .isEqualTo("style");
        assertThat(server.post(
                                EDITS,
                                new Form()
                                        .file("image", "a", heart)
                                        .field("prompt", "x")
                                        .field("prompt", "y"))
                        .message())
                .contains("twice");
        assertThat(server.post(
                                EDITS,
                                new Form()
                                        .file("image", "a", new byte[] {1, 2, 3})
                                        .field("prompt", "x"))
                        .code())
                .isEqualTo("invalid_image");
        var huge = png(Pixels.of(201, 200, new byte[3 * 201 * 200]));
        assertThat(server.post(EDITS, new Form().file("image", "a", huge).field("prompt", "x"))
                        .message())
                .contains("201 x 200");
        assertThat(server.post(EDITS, "{}").status()).isEqualTo(415);
        var smallMask = png(Pixels.of(16, 16, new byte[3 * 16 * 16]));
        assertThat(server.post(
                                EDITS,
                                new Form()
                                        .file("image", "a", heart)
                                        .file("mask", "b", smallMask)
                                        .field("prompt", "x"))
                        .message())
                .contains("mask is 16 x 16");
    }

    @Test
    void listsItsModel() {
        var models = server.get("/v1/models").json();
        assertThat(models.at("/data/0/id").asString()).isEqualTo("emoji");
        assertThat(models.at("/object").asString()).isEqualTo("list");
        assertThat(server.get("/v1/models/emoji").json()).isEqualTo(models.at("/data/0"));
        var other = server.get("/v1/models/org/other%0Aname");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.code()).isEqualTo("model_not_found");
        assertThat(other.message()).doesNotContain("\n");
    }

    @Test
    void everyAnswerHasARequestIdAndErrorsHaveOneForm() {
        var missing = server.get("/v1/nothing", "X-Request-Id", "mine-1");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("not_found");
        assertThat(missing.header("X-Request-Id")).isEqualTo("mine-1");
        assertThat(server.get("/v1/models", "X-Request-Id", "bad id").header("X-Request-Id"))
                .startsWith("req_");
        var method = server.get(GENERATIONS);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("method_not_allowed");
        assertThat(server.get("/error").status()).isEqualTo(404);
        assertThat(server.get("/health/live").status()).isEqualTo(200);
        assertThat(server.get("/health/ready").json().path("status").asString()).isEqualTo("ok");
    }
}
