package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.CacheOptions;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.Pixels;
import dev.nextstep.transformer.KvType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings that are interrupted, taken up elsewhere, branched and redrawn in part. */
class SnapshotTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @SuppressWarnings("NullAway.Init")
    private static NextStep other;

    @BeforeAll
    static void open() {
        model = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(2));
        other = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
    }

    @AfterAll
    static void close() {
        model.close();
        other.close();
    }

    private static GenerateRequest.Builder quick(String prompt) {
        return GenerateRequest.builder(prompt).steps(2).size(48, 64).seed(3);
    }

    private static List<Picture> all(NextStep with, GenerateRequest request) {
        return with.generateAll(request, DrawingListener.NONE, new Cancellation());
    }

    private static List<Picture> resume(NextStep with, Snapshot snapshot) {
        return with.resume(snapshot, DrawingListener.NONE, new Cancellation());
    }

    private static void same(String what, List<Picture> found, List<Picture> expected) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).tokens())
                    .as(what)
                    .containsExactly(expected.get(i).tokens());
            assertThat(found.get(i).pixels()).as(what).isEqualTo(expected.get(i).pixels());
            assertThat(found.get(i).recipe()).as(what).isEqualTo(expected.get(i).recipe());
        }
    }

    private static <B extends RequestBuilder<B>> B randomly(B builder, Random random) {
        var samplers = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        return builder.sampler(Sampler.of(samplers.get(random.nextInt(samplers.size()))))
                .steps(2 + random.nextInt(3))
                .size(16 * (2 + random.nextInt(3)), 16 * (2 + random.nextInt(3)))
                .lateSteps(
                        random.nextBoolean()
                                ? new LateSteps(2 + random.nextInt(3), random.nextFloat())
                                : LateSteps.NONE)
                .guidanceEvery(1 + random.nextInt(3))
                .guidanceSchedule(List.of(GuidanceSchedule.values()).get(random.nextInt(3)))
                .tokenNormalization(random.nextBoolean() ? TokenNormalization.ON : TokenNormalization.OFF)
                .count(1 + random.nextInt(2))
                .seed(random.nextLong());
    }

    private static Pixels picture(Random random, int width, int height) {
        var rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return Pixels.of(width, height, rgb);
    }

    private static Pixels mask(Random random, int width, int height) {
        var rgb = new byte[3 * width * height];
        int from = height / 4 + random.nextInt(height / 4);
        Arrays.fill(rgb, 3 * width * from, 3 * width * (from + 1 + random.nextInt(height / 4)), (byte) 255);
        return Pixels.of(width, height, rgb);
    }

    /** Random drawings, paused at random tokens, through bytes, and resumed by another instance. */
    @Test
    void resumedAsIfNothingHadHappened() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            Drawing drawing;
            List<Picture> expected;
            if (i % 3 == 2) {
                var source = picture(random, 64, 64);
                var builder = randomly(EditRequest.builder("make it blue", source), random)
                        .guidanceScale(3)
                        .imageGuidanceScale(1 + random.nextInt(2));
                if (random.nextBoolean()) {
                    builder.mask(mask(random, 64, 64));
                }
                var request = builder.build();
                expected = model.editAll(request, DrawingListener.NONE, new Cancellation());
                drawing = model.submit(request);
            } else {
                var request = randomly(GenerateRequest.builder("a red heart"), random)
                        .guidanceScale(1 + random.nextInt(3))
                        .build();
                expected = all(model, request);
                drawing = model.submit(request);
            }
            int token = random.nextInt(6);
            while (!drawing.isDone() && drawing.progress().map(Progress::tokens).orElse(0) < token) {
                Thread.onSpinWait();
            }
            var paused = drawing.pause();
            String what = "seed %d, drawing %d, paused at token %d: %s"
                    .formatted(seed, i, paused.tokens(0), expected.getFirst().recipe());
            var read = Snapshot.of(paused.toBytes());
            same(what, resume(other, read), expected);
        }
    }

    @Test
    void pausingEndsTheDrawing() {
        var drawing = model.submit(quick("a dog").size(256, 256).build());
        var snapshot = drawing.pause();
        assertThat(drawing.isDone()).isTrue();
        assertThat(snapshot.finishedRows()).isLessThan(16);
        assertThatThrownBy(drawing::await).isInstanceOf(CancellationException.class);
        var whole = model.submit(quick("a dog").build());
        var pictures = whole.await();
        assertThat(whole.pause().finishedRows()).isEqualTo(4);
        same("nothing is missing", resume(other, whole.snapshot()), pictures);
    }

    @Test
    void firstRowsAndFromThereOn(@TempDir Path folder) {
        var a = quick("a dog").count(2).build();
        var b = quick("a dog").seed(8).build();
        var expected = model.generateTogether(List.of(a, b), DrawingListener.NONE, new Cancellation());
        var file = folder.resolve("dog.snapshot");
        model.firstRows(List.of(a, b), 1, DrawingListener.NONE, new Cancellation())
                .write(file);
        var one = Snapshot.read(file);
        assertThat(one.finishedRows()).isEqualTo(1);
        assertThat(one.tokens(2)).isEqualTo(3);
        var three = other.firstRows(one, 3, DrawingListener.NONE, new Cancellation());
        assertThat(three.finishedRows()).isEqualTo(3);
        assertThat(three.recipes()).isEqualTo(one.recipes());
        same("all", resume(model, three), expected);
        same("the last one alone", resume(model, three.only(2)), expected.subList(2, 3));
        var uneven = model.submitRows(three.keepRows(2), 3, new Cancellation());
        assertThat(uneven.await()).as("no pictures").isEmpty();
        assertThat(uneven.snapshot().toBytes()).isEqualTo(three.toBytes());
        assertThatThrownBy(() -> model.firstRows(List.of(a), 5, DrawingListener.NONE, new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 4");
        assertThat(folder.toFile().list()).as("nothing beside it").containsExactly("dog.snapshot");
        assertThatThrownBy(() -> Snapshot.read(folder.resolve("none"))).isInstanceOf(UncheckedIOException.class);
    }

    /** Two ends of one beginning; each is also drawn by its recipe alone. */
    @Test
    void branchesShareTheirBeginning() {
        var picture = model.generate(quick("a dog").build());
        var beginning = model.snapshot(picture).keepRows(2);
        var left = model.submit(beginning.withSeed(11));
        var right = model.submit(beginning.withSeed(12));
        var same = model.submit(beginning);
        float[] a = left.await().getFirst().tokens();
        float[] b = right.await().getFirst().tokens();
        assertThat(same.await().getFirst().tokens()).containsExactly(picture.tokens());
        int first = picture.tokens().length / 2;
        assertThat(Arrays.equals(a, 0, first, picture.tokens(), 0, first)).isTrue();
        assertThat(Arrays.equals(b, 0, first, picture.tokens(), 0, first)).isTrue();
        assertThat(Arrays.equals(a, b)).isFalse();
        assertThat(Arrays.equals(a, picture.tokens())).isFalse();
        var recipe = Recipe.fromJson(left.await().getFirst().recipe().toJson());
        assertThat(recipe.rerolls()).containsExactly(new Reroll(6, 11));
        var again = other.generate(GenerateRequest.from(recipe));
        assertThat(again.tokens()).containsExactly(a);
        assertThat(again.recipe()).isEqualTo(recipe);
        var twice = beginning.withSeed(11).withSeed(13);
        assertThat(twice.recipes().getFirst().rerolls()).containsExactly(new Reroll(6, 13));
        var later = model.snapshot(left.await().getFirst()).keepRows(3).withSeed(5);
        assertThat(later.recipes().getFirst().rerolls()).containsExactly(new Reroll(6, 11), new Reroll(9, 5));
        assertThat(later.keepRows(1).recipes().getFirst().rerolls()).isEmpty();
    }

    /** Other settings from some token on; the recipe alone draws the same again. */
    @Test
    void branchesWithOtherSettings() {
        var picture = model.generate(quick("a dog").guidanceScale(3).build());
        var beginning = model.snapshot(picture).keepRows(2);
        var options = GenerateRequest.builder("")
                .steps(5)
                .sampler(Sampler.of("heun"))
                .guidanceScale(6)
                .tokenNormalization(TokenNormalization.ON)
                .build()
                .options();
        var changed = beginning.withOptions(options);
        var end = resume(model, changed).getFirst();
        int first = picture.tokens().length / 2;
        assertThat(Arrays.equals(end.tokens(), 0, first, picture.tokens(), 0, first))
                .isTrue();
        assertThat(end.tokens()).isNotEqualTo(picture.tokens());
        var reroll = end.recipe().rerolls().getFirst();
        assertThat(reroll.token()).isEqualTo(6);
        assertThat(reroll.seed()).isEqualTo(3);
        assertThat(reroll.settings().orElseThrow().steps()).isEqualTo(5);
        assertThat(end.recipe().settings()).isEqualTo(picture.recipe().settings());
        assertThat(end.recipe().toText()).contains("seed 3 from token 6 with heun, 5 steps, guidance 6.0");
        var recipe = Recipe.fromJson(end.recipe().toJson());
        assertThat(recipe).isEqualTo(end.recipe());
        same("by its recipe", List.of(other.generate(GenerateRequest.from(recipe))), List.of(end));
        // The same settings as before change nothing but the recipe.
        var unchanged = resume(
                other, Snapshot.of(beginning.withOptions(DrawingOptions.NONE).toBytes()));
        assertThat(unchanged.getFirst().tokens()).containsExactly(picture.tokens());
        // Seed and settings, in any order; the later of two changes at one place counts.
        assertThat(changed.withSeed(8).recipes())
                .isEqualTo(beginning.withSeed(8).withOptions(options).recipes());
        same(
                "paused in the changed part",
                resume(
                        other,
                        Snapshot.of(model.firstRows(changed, 3, DrawingListener.NONE, new Cancellation())
                                .toBytes())),
                List.of(end));
        for (var wrong : List.of(
                quick("").size(64, 64), quick("").guidanceScale(1), quick("").negativePrompt("a cat"))) {
            assertThatThrownBy(() -> beginning.withOptions(wrong.build().options()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> beginning.withOptions(
                        quick("").size(48, 64).guidanceScale(1).build().options()))
                .hasMessageContaining("guidance cannot be switched off");
        assertThatThrownBy(() -> model.firstRows(changed, 2, DrawingListener.NONE, new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 of 4 rows already");
    }

    /** Pages of any type are read back as they were written, so a pause changes nothing there either. */
    @Test
    void resumesWithSmallCaches() {
        for (var type : List.of(KvType.BF16, KvType.Q8)) {
            var options = OpenOptions.DEFAULT.withThreads(2).withCache(CacheOptions.DEFAULT.withType(type));
            try (var small = NextStep.open(MODEL, options)) {
                var request = quick("a dog").count(2).build();
                var expected = all(small, request);
                var paused = small.firstRows(List.of(request), 2, DrawingListener.NONE, new Cancellation());
                same(type.id(), resume(small, Snapshot.of(paused.toBytes())), expected);
                assertThat(expected.getFirst().recipe().arithmetic().cache()).isEqualTo(type);
                assertThatThrownBy(() -> model.submit(paused))
                        .isInstanceOf(SnapshotException.class)
                        .hasMessageContaining("--kv-cache");
            }
        }
    }

    @Test
    void pausesEditsAfterRowsToo() {
        var source = picture(new Random(3), 64, 64);
        var request =
                EditRequest.builder("make it blue", source).steps(2).seed(4).build();
        var expected = model.editAll(request, DrawingListener.NONE, new Cancellation());
        var paused = model.firstRows(List.of(request), 2, DrawingListener.NONE, new Cancellation());
        assertThat(paused.tokens(0)).isEqualTo(8);
        same("edit", resume(other, Snapshot.of(paused.toBytes())), expected);
        assertThatThrownBy(() -> model.submit(List.of(request, quick("a dog").build()), new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same task");
    }

    @Test
    void keepsRowsAndExtendsDownwards() {
        var heart = model.generate(quick("a heart").build()).pixels();
        float[] tokens = model.encode(heart).values();
        var taller = quick("a heart")
                .size(48, 96)
                .keep(new Kept.Rows(heart, 3))
                .count(2)
                .build();
        var pictures = all(model, taller);
        int kept = tokens.length / 4 * 3;
        for (var picture : pictures) {
            assertThat(picture.pixels().height()).isEqualTo(96);
            assertThat(Arrays.equals(picture.tokens(), 0, kept, tokens, 0, kept))
                    .isTrue();
            assertThat(Recipe.fromJson(picture.recipe().toJson())).isEqualTo(picture.recipe());
            assertThat(picture.recipe().toText()).contains("Kept: 3 rows of");
            assertThatThrownBy(() -> GenerateRequest.from(picture.recipe()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("48 x 64");
        }
        assertThat(pictures.get(0).pixels()).isNotEqualTo(pictures.get(1).pixels());
        var snapshot = model.submit(taller).pause();
        same("paused", resume(other, Snapshot.of(snapshot.toBytes())), pictures);
        assertThatThrownBy(() -> all(
                        model, quick("a heart").keep(new Kept.Rows(heart, 5)).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 rows");
        assertThatThrownBy(() -> all(
                        model,
                        quick("a heart")
                                .size(64, 64)
                                .keep(new Kept.Rows(heart, 1))
                                .build()))
                .hasMessageContaining("same width");
    }

    @Test
    void drawsOnlyTheMarkedRegionAnew() {
        var source = model.generate(
                        GenerateRequest.builder("a red heart").seed(1).build())
                .pixels();
        var rgb = new byte[3 * 64 * 64];
        for (int y = 20; y < 40; y++) {
            Arrays.fill(rgb, 3 * (64 * y + 30), 3 * (64 * y + 50), (byte) 255);
        }
        var request = EditRequest.builder("make it blue", source)
                .steps(3)
                .mask(Pixels.of(64, 64, rgb))
                .seed(5)
                .build();
        var edited = model.edit(request);
        float[] before = model.encode(source).values();
        int dim = before.length / 16;
        for (int token = 0; token < 16; token++) {
            boolean isKept = Arrays.equals(
                    edited.tokens(), token * dim, (token + 1) * dim, before, token * dim, (token + 1) * dim);
            boolean isMarked = token / 4 >= 1 && token / 4 <= 2 && token % 4 >= 1;
            assertThat(isKept).as("token %d", token).isEqualTo(!isMarked);
        }
        assertThat(edited.recipe().kept().orElseThrow().mask()).isPresent();
        assertThat(other.edit(request).tokens()).containsExactly(edited.tokens());
        assertThatThrownBy(() -> model.edit(EditRequest.builder("x", source)
                        .steps(2)
                        .mask(Pixels.of(64, 64, new byte[3 * 64 * 64]))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing is marked");
        assertThatThrownBy(() -> EditRequest.builder("x", source).mask(Pixels.of(4, 4, new byte[48])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 x 4")
                .hasMessageContaining("64 x 64");
    }

    private static Snapshot some() {
        var source = picture(new Random(1), 64, 64);
        var request = EditRequest.builder("make it blue", source)
                .steps(2)
                .count(2)
                .mask(mask(new Random(2), 64, 64))
                .seed(4)
                .build();
        var drawing = model.submit(request);
        drawing.await();
        return drawing.snapshot().keepRows(1).withSeed(9);
    }

    /** Any damage is found and named; none comes through as something else. */
    @Test
    void refusesWhatIsDamaged() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] whole = some().toBytes();
        assertThat(Snapshot.of(whole).toBytes()).isEqualTo(whole);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = whole.clone();
            switch (random.nextInt(3)) {
                case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
            }
            byte[] damaged = bytes;
            assertThatThrownBy(() -> Snapshot.of(damaged))
                    .as("seed %d, %d", seed, i)
                    .isInstanceOf(SnapshotException.class);
        }
        assertThatThrownBy(() -> Snapshot.of(Arrays.copyOf(whole, 500))).hasMessageContaining("damaged or cut off");
        assertThatThrownBy(() -> Snapshot.of(
                        "something else altogether, and long enough to be one".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("not a snapshot");
    }

    /** A header that lies, with a hash that is right. */
    @Test
    void doesNotBelieveItsHeader() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] whole = some().toBytes();
        int length = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        int accepted = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = whole.clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                int at = 12 + random.nextInt(4 + length);
                bytes[at] = random.nextBoolean()
                        ? (byte) "0123456789[]{},\":-x".charAt(random.nextInt(19))
                        : (byte) random.nextInt();
            }
            try {
                Snapshot.of(hashed(bytes)); // such as another seed: a snapshot still
                accepted++;
            } catch (SnapshotException e) {
                assertThat(e.getMessage()).as("seed %d, %d", seed, i).isNotBlank();
            }
        }
        assertThat(accepted).as("seed %d", seed).isLessThan(2500);
    }

    private static byte[] hashed(byte[] bytes) throws NoSuchAlgorithmException {
        var hash = MessageDigest.getInstance("SHA-256");
        int end = bytes.length - 32;
        hash.update(bytes, 0, end);
        System.arraycopy(hash.digest(), 0, bytes, end, 32);
        return bytes;
    }

    @Test
    void refusesAnotherModelAndAnotherArithmetic(@TempDir Path folder) throws IOException {
        var snapshot = model.firstRows(List.of(quick("a dog").build()), 1, DrawingListener.NONE, new Cancellation());
        try (var rounded = NextStep.open(MODEL, OpenOptions.REFERENCE_BF16)) {
            assertThatThrownBy(() -> rounded.submit(snapshot))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("precision fp32 instead of reference-bf16");
        }
        var copy = folder.resolve("copy");
        copy(MODEL, copy);
        var weights = copy.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        bytes[8 + header] ^= 1; // one bit of the first tensor
        Files.write(weights, bytes);
        try (var changed = NextStep.open(copy)) {
            assertThatThrownBy(() -> changed.submit(snapshot))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("other weights");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
