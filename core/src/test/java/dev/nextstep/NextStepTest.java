package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.MemoryException;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.flow.FlowOde;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.PngText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of the Java API relies on, on the model that the project ships. */
class NextStepTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @BeforeAll
    static void open() {
        model = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(2));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static GenerateRequest.Builder quick(String prompt) {
        return GenerateRequest.builder(prompt).steps(4).seed(11);
    }

    @Test
    void drawsAPictureThatLooksLikeItsPrompt() {
        var picture =
                model.generate(GenerateRequest.builder("a red heart").seed(1).build());
        assertThat(picture.pixels().width()).isEqualTo(64);
        assertThat(picture.pixels().height()).isEqualTo(64);
        int corner = picture.pixels().rgb(1, 1);
        int middle = picture.pixels().rgb(32, 28);
        assertThat(corner >> 16 & 0xff).as("white corner").isGreaterThan(230);
        assertThat(corner & 0xff).as("white corner").isGreaterThan(230);
        assertThat(middle >> 16 & 0xff).as("red middle").isGreaterThan(150);
        assertThat(middle & 0xff).as("red middle").isLessThan(120);
    }

    /** The model was trained on captions that name a style: a prompt that names none gets the model's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a red heart | in twemoji style",
                "a stylish car | in twemoji style",
                "a red heart, flat style | \"\"",
                "A RED HEART IN NOTO STYLE. | \"\"",
            })
    void addsItsOwnStyleWhereAPromptNamesNone(String prompt, String added) {
        assertThat(model.settings(GenerateRequest.of(prompt)).positivePrompt()).isEqualTo(added);
        var asked = GenerateRequest.builder(prompt).positivePrompt("on white").build();
        assertThat(model.settings(asked).positivePrompt()).isEqualTo("on white");
        var plain = GenerateRequest.builder(prompt).positivePrompt("").build();
        assertThat(model.settings(plain).positivePrompt()).isEmpty();
        var picture = model.generate(quick(prompt).build());
        assertThat(picture.recipe().settings().positivePrompt()).isEqualTo(added);
        var again = quick((prompt + " " + added).trim()).positivePrompt("").build();
        assertThat(model.generate(again).pixels()).isEqualTo(picture.pixels());
    }

    /** Random requests, each drawn alone, in a group, with 1 and 3 threads, beside another: always the same bytes. */
    @Test
    void sameRequestSameBytesWhateverElseRuns() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var samplers = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        try (var one = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
                var three = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(3))) {
            for (int i = 0; i < 8; i++) {
                var request = GenerateRequest.builder(List.of("a red heart", "a panda, noto style", "", "🍎 ünï")
                                .get(random.nextInt(4)))
                        .steps(2 + random.nextInt(4))
                        .size(16 * (1 + random.nextInt(4)), 16 * (1 + random.nextInt(4)))
                        .guidanceScale(random.nextBoolean() ? 1 : 1 + random.nextFloat() * 6)
                        .guidanceSchedule(List.of(GuidanceSchedule.values()).get(random.nextInt(3)))
                        .sampler(Sampler.of(samplers.get(random.nextInt(samplers.size()))))
                        .seed(random.nextLong())
                        .count(3)
                        .build();
                String what = "seed %d, request %d: %s".formatted(seed, i, request);
                var group = model.generateAll(request, DrawingListener.NONE, new Cancellation());
                assertThat(group).hasSize(3);
                assertThat(group.get(0).pixels())
                        .as(what)
                        .isNotEqualTo(group.get(1).pixels());
                var second = new GenerateRequest(request.prompt(), request.options(), 1, 1, request.seed());
                for (var other : List.of(model, one, three)) {
                    var alone = other.generate(second);
                    assertThat(alone.pixels()).as(what).isEqualTo(group.get(1).pixels());
                    assertThat(alone.tokens())
                            .as(what)
                            .containsExactly(group.get(1).tokens());
                }
                var beside = CompletableFuture.supplyAsync(
                        () -> model.generate(quick("a dog").build()));
                assertThat(model.generate(second).pixels())
                        .as(what)
                        .isEqualTo(group.get(1).pixels());
                beside.join();
            }
        }
    }

    @Test
    void tellsHowFarItIs() {
        var fractions = new ArrayList<Double>();
        var stages = new ArrayList<Progress.Stage>();
        var partials = new ArrayList<String>();
        model.generateAll(
                quick("a dog").size(32, 64).count(2).build(),
                new DrawingListener() {
                    @Override
                    public void progress(Progress progress) {
                        fractions.add(progress.fraction());
                        stages.add(progress.stage());
                        if (progress.stage() == Progress.Stage.DRAWING) {
                            assertThat(progress.totalTokens()).isEqualTo(8);
                            assertThat(progress.tokensPerSecond()).isPositive();
                            assertThat(progress.remaining()).isPresent();
                        }
                    }

                    @Override
                    public void partial(PartialPicture partial) {
                        var pixels = partial.pixels();
                        partials.add("%d: %d of %d rows, %d x %d"
                                .formatted(
                                        partial.index(),
                                        partial.finishedRows(),
                                        partial.rows(),
                                        pixels.width(),
                                        pixels.height()));
                    }
                },
                new Cancellation());
        assertThat(fractions).isSorted().endsWith(1.0);
        assertThat(stages).startsWith(Progress.Stage.READING).endsWith(Progress.Stage.DONE);
        assertThat(stages.stream().filter(s -> s == Progress.Stage.DRAWING)).hasSize(8);
        assertThat(partials)
                .containsExactly(
                        "0: 1 of 4 rows, 32 x 16",
                        "1: 1 of 4 rows, 32 x 16",
                        "0: 2 of 4 rows, 32 x 32",
                        "1: 2 of 4 rows, 32 x 32",
                        "0: 3 of 4 rows, 32 x 48",
                        "1: 3 of 4 rows, 32 x 48");
    }

    @Test
    void stopsWithinOneTokenAndGoesOnAfterwards() {
        var cancellation = new Cancellation();
        var seen = new ArrayList<Integer>();
        assertThatThrownBy(() -> model.generateAll(
                        quick("a dog").build(),
                        new DrawingListener() {
                            @Override
                            public void progress(Progress progress) {
                                seen.add(progress.tokens());
                                if (progress.tokens() == 3) {
                                    cancellation.cancel();
                                }
                            }
                        },
                        cancellation))
                .isInstanceOf(CancellationException.class);
        assertThat(seen).endsWith(3);
        assertThat(model.generate(quick("a dog").build()).pixels().width()).isEqualTo(64);
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws InterruptedException {
        var thrown = new ArrayList<Throwable>();
        var thread = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            try {
                model.generate(quick("a dog").build());
            } catch (CancellationException e) {
                thrown.add(e);
            }
        });
        thread.join();
        assertThat(thrown).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps 0",
                "steps 10001",
                "guidance 0.5",
                "guidance NaN",
                "size 17x64",
                "size 0x64",
                "size 64x40",
                "shift 0"
            })
    void refusesWhatItCannotDrawAndSaysWhatIsAllowed(String what) {
        var request = GenerateRequest.builder("a dog").seed(1);
        switch (what) {
            case "steps 0" -> request.steps(0);
            case "steps 10001" -> request.steps(10_001);
            case "guidance 0.5" -> request.guidanceScale(0.5f);
            case "guidance NaN" -> request.guidanceScale(Float.NaN);
            case "size 17x64" -> request.size(17, 64);
            case "size 0x64" -> request.size(0, 64);
            case "size 64x40" -> request.size(64, 40);
            default -> request.timestepShift(0);
        }
        assertThatThrownBy(() -> model.generate(request.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(between|multiples of 16, such as \\d+ x \\d+).*");
    }

    @Test
    void refusesBeforeItStartsWhatCannotFitIntoMemory() {
        var request = quick("a dog").size(16384, 16384).build();
        var began = new ArrayList<Progress>();
        assertThatThrownBy(() -> model.generateAll(
                        request,
                        new DrawingListener() {
                            @Override
                            public void progress(Progress progress) {
                                began.add(progress);
                            }
                        },
                        new Cancellation()))
                .isInstanceOf(MemoryException.class)
                .hasMessageContaining("keys and values")
                .hasMessageContaining("decoding 16384 × 16384 pixels")
                .hasMessageContaining("-Xmx");
        assertThat(began).allMatch(p -> p.tokens() == 0);
    }

    @Test
    void editsOneOrSeveralPictures() {
        var heart = model.generate(quick("a red heart").build()).pixels();
        var star = model.generate(quick("a star").size(64, 32).build()).pixels();
        var one = model.edit(
                EditRequest.builder("make it blue", heart).steps(3).seed(5).build());
        assertThat(one.pixels().width()).isEqualTo(64);
        assertThat(one.recipe().task()).isEqualTo(Recipe.Task.EDIT);
        var wide = model.edit(
                EditRequest.builder("make it blue", star).steps(3).seed(5).build());
        assertThat(wide.pixels().width())
                .as("shape of the source")
                .isGreaterThan(wide.pixels().height());
        var two = model.edit(EditRequest.builder("put <image> beside <image>", heart, star)
                .size(48, 48)
                .steps(3)
                .imageGuidanceScale(2)
                .seed(5)
                .build());
        assertThat(two.pixels().width()).isEqualTo(48);
        assertThatThrownBy(() -> model.edit(EditRequest.builder("<image> only", heart, star)
                        .steps(3)
                        .build()))
                .hasMessageContaining("2 source pictures");
    }

    @Test
    void tellsWhatAnEditWillBeDrawnWith() {
        var source = Pixels.of(48, 80, new byte[3 * 48 * 80]);
        var edit = EditRequest.builder("make it blue", source).steps(2).seed(1).build();
        var settings = model.settings(edit);
        assertThat(model.edit(edit).recipe().settings()).isEqualTo(settings);
        assertThat(settings.height()).as("upright like its source").isGreaterThan(settings.width());
        assertThat(model.memory(edit).bytes())
                .isGreaterThan(model.memory(GenerateRequest.builder("make it blue")
                                .size(settings.width(), settings.height())
                                .steps(2)
                                .build())
                        .bytes());
        var marks = EditRequest.builder("<image> and <image>", source).build();
        assertThatThrownBy(() -> model.memory(marks)).hasMessageContaining("2 <image> marks");
    }

    @Test
    void keepsAPictureThroughTheImageTokenizer() {
        var picture =
                model.generate(GenerateRequest.builder("a red heart").seed(1).build());
        var again = model.reconstruct(picture.pixels());
        byte[] a = picture.pixels().toBytes();
        byte[] b = again.toBytes();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow((a[i] & 0xff) - (b[i] & 0xff), 2);
        }
        double psnr = 10 * Math.log10(255 * 255 / (sum / a.length));
        assertThat(psnr).as("PSNR of a picture near the training set").isGreaterThan(22);
        var tokens = model.encode(picture.pixels());
        assertThat(tokens.rows()).isEqualTo(4);
        assertThat(model.decode(tokens)).isEqualTo(again);
    }

    @Test
    void writesText() {
        var pieces = new ArrayList<String>();
        var text = model.write(TextRequest.greedy("a red", 12), pieces::add, new Cancellation());
        assertThat(String.join("", pieces)).isEqualTo(text.text());
        assertThat(text.ids()).hasSizeLessThanOrEqualTo(12);
        assertThat(model.write(TextRequest.greedy("a red", 12), p -> {}, new Cancellation()))
                .isEqualTo(text);
        var wild = new TextRequest("a red", 12, 1.5f, 50, 0.95f, 3, List.of());
        var first = model.write(wild, p -> {}, new Cancellation());
        assertThat(model.write(wild, p -> {}, new Cancellation())).isEqualTo(first);
        assertThatThrownBy(() -> model.write(
                        new TextRequest("a", 5, 0, 0, 1, 0, List.of("<|nothing|>")), p -> {}, new Cancellation()))
                .hasMessageContaining("<|nothing|>");
    }

    @Test
    void talksInTextAndPicturesInOneSequence() {
        var chat = model.chat();
        chat.say("a red heart");
        var heart = chat.draw(quick("").build(), new Cancellation());
        var alone = model.generate(quick("a red heart").positivePrompt("").build());
        assertThat(heart.tokens())
                .as("the first picture of a conversation is that of the prompt alone")
                .containsExactly(alone.tokens());
        int before = chat.length();
        var text = chat.write(TextRequest.greedy(" and", 3), p -> {}, new Cancellation());
        assertThat(text.end()).isIn(WrittenText.End.LENGTH, WrittenText.End.STOP, WrittenText.End.PICTURE);
        assertThat(chat.length()).isGreaterThan(before);
        chat.show(heart.pixels());
        var next =
                chat.draw(quick("a star").imageGuidanceScale(1.5f).size(32, 32).build(), new Cancellation());
        assertThat(next.pixels().width()).isEqualTo(32);
        assertThat(Arrays.equals(next.tokens(), heart.tokens())).isFalse();
        int length = chat.length();
        var cancelled = new Cancellation();
        cancelled.cancel();
        assertThatThrownBy(() -> chat.draw(quick("").build(), cancelled)).isInstanceOf(CancellationException.class);
        assertThat(chat.length())
                .as("a cancelled picture leaves the conversation as it was")
                .isEqualTo(length);
    }

    @Test
    void aConversationEndsWithTheModelsPositions() {
        int most = model.parts().config().maxPositions();
        var chat = model.chat();
        int words = most / 4 - 1;
        while (chat.length() + words <= most) {
            chat.say(" heart".repeat(words));
        }
        int length = chat.length();
        assertThatThrownBy(() -> chat.say(" heart".repeat(words)))
                .as("each text alone would do")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the conversation has %d tokens", length)
                .hasMessageContaining("begin a new one");
        assertThat(chat.length()).isEqualTo(length);
        assertThatThrownBy(() -> model.chat().say(" heart".repeat(most + 1)))
                .hasMessageContaining("shorten it")
                .hasMessageContaining("the text has %d tokens", most + 1);

        chat.say(" heart".repeat(most - length - 2));
        var wild = new TextRequest("", 50, 50, 0, 1, 5, List.of());
        var text = chat.write(wild, p -> {}, new Cancellation());
        assertThat(text.ids()).hasSizeLessThanOrEqualTo(2);
        chat.say(" heart".repeat(most - chat.length()));
        assertThatThrownBy(() -> chat.write(wild, p -> {}, new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begin a new one");
        assertThatThrownBy(() -> chat.draw(quick("").build(), new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beginning of a picture");
        assertThatThrownBy(
                        () -> chat.show(model.generate(quick("a star").build()).pixels()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the picture");
        assertThat(chat.length()).isEqualTo(most);
    }

    @Test
    void fewerStepsOfHigherOrderComeNearTheLimit() {
        float[] limit = tokens(FlowOde.EULER, 400);
        double euler = distance(tokens(FlowOde.EULER, 12), limit);
        double heun = distance(tokens(FlowOde.HEUN, 12), limit);
        double midpoint = distance(tokens(FlowOde.MIDPOINT, 12), limit);
        assertThat(heun).as("Heun against Euler").isLessThan(euler);
        assertThat(midpoint).as("midpoint against Euler").isLessThan(euler);
    }

    private static float[] tokens(FlowOde sampler, int steps) {
        return model.generate(GenerateRequest.builder("a red heart")
                        .sampler(sampler)
                        .steps(steps)
                        .guidanceScale(1)
                        .size(16, 16)
                        .seed(4)
                        .build())
                .tokens();
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow(a[i] - b[i], 2);
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heart.png", "heart.jpg", "heart.webp"})
    void writesFilesThatCarryHowTheyWereDrawn(String name, @TempDir Path folder) {
        var picture = model.generate(quick("a red heart, ♥").build());
        var file = folder.resolve(name);
        picture.write(file);
        var read = new PictureReader().read(file);
        assertThat(read.width()).isEqualTo(64);
        if (name.endsWith(".png")) {
            assertThat(read).isEqualTo(picture.pixels());
            assertThat(PngText.read(file)).anySatisfy(entry -> {
                assertThat(entry.keyword()).isEqualTo(Picture.PARAMETERS);
                assertThat(entry.text()).contains("a red heart, ♥").contains("Seed: 11");
            });
        }
        assertThat(folder).isDirectoryContaining("glob:**" + name);
        assertThat(folder.toFile().list()).as("nothing left beside it").hasSize(1);
    }

    @Test
    void textThatLooksLikeASpecialTokenIsText() {
        var plain = model.parts().tokenizer();
        int[] ids = plain.encode("<|begin_of_image|>", dev.nextstep.prompt.SpecialTokenText.AS_TEXT);
        assertThat(ids).doesNotContain(model.parts().special().beginOfImage());
        assertThat(model.generate(quick("<|begin_of_image|> a dog").build())
                        .pixels()
                        .width())
                .isEqualTo(64);
    }
}
