package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quantised directories: what is in them, and what happens when making one is broken off. */
class ModelQuantizerTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @TempDir
    private Path folder = Path.of("unset");

    private ModelDirectory source = ModelDirectory.open(MODEL);

    @BeforeEach
    void open() {
        source.close();
        source = ModelDirectory.open(MODEL);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private Path quantize(String name, QuantizationPlan plan) {
        var target = folder.resolve(name);
        ModelQuantizer.quantize(source, target, plan, IfExists.REFUSE, QuantizationListener.NONE);
        return target;
    }

    @Test
    void everyPartHasItsFormat() {
        var target = quantize("q", QuantizationPlan.of(StoredFormat.Q4_K).withEmbeddings(StoredFormat.Q8_0));
        try (var model = ModelDirectory.open(target)) {
            assertThat(model.tensors().names()).isEqualTo(source.tensors().names());
            for (var name : model.tensors().names()) {
                var tensor = model.tensors().find(name).orElseThrow();
                var original = source.tensors().find(name).orElseThrow();
                assertThat(tensor.shape()).as(name).isEqualTo(original.shape());
                DataType expected;
                if (tensor.rank() == 1) {
                    expected = DataType.F32;
                } else if (name.startsWith("image_")) {
                    expected = original.type() == DataType.F32 ? DataType.F16 : original.type();
                } else {
                    boolean whole = tensor.shape().getLast() % 256 == 0;
                    expected = whole && !name.startsWith("embed") ? DataType.Q4_K : DataType.Q8_0;
                }
                assertThat(tensor.type()).as(name).isEqualTo(expected);
            }
            assertThat(model.config().vaeLocation()).contains("vae/");
            assertThat(model.vae().tensors().names())
                    .isEqualTo(source.vae().tensors().names());
            assertThat(model.vae()
                            .tensors()
                            .find("decoder.conv_in.weight")
                            .orElseThrow()
                            .type())
                    .isEqualTo(DataType.F16);
        }
        for (var file : List.of("tokenizer.json", "nextstep.json", "README.md", "NOTICE")) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(MODEL.resolve(file));
        }
        try (var file = Gguf.open(target.resolve("model.gguf"))) {
            assertThat(file.metadata())
                    .containsEntry("general.architecture", new GgufValue.Text("nextstep"))
                    .containsEntry("nextstep.format.layers", new GgufValue.Text("q4_k"))
                    .containsEntry("nextstep.format.embeddings", new GgufValue.Text("q8_0"));
        }
    }

    @Test
    void theSizeIsKnownBefore() {
        var plan = QuantizationPlan.of(StoredFormat.Q4_0);
        var target = quantize("q", plan);
        try (var model = ModelDirectory.open(target)) {
            long bytes = 0;
            for (var weights : List.of(model.tensors(), model.vae().tensors())) {
                for (var name : weights.names()) {
                    bytes += weights.find(name).orElseThrow().data().byteSize();
                }
            }
            assertThat(plan.bytes(source)).isEqualTo(bytes);
            assertThat(plan.bytes(model)).isEqualTo(bytes);
        }
    }

    /** Breaks off after such a share of the file, and keeps what it hears. */
    private static final class Watching implements QuantizationListener {
        private final double until;
        private final List<String> heard = new ArrayList<>();

        Watching(double until) {
            this.until = until;
        }

        @Override
        public void resumed(int finishedTensors, int tensors) {
            heard.add("resumed");
            assertThat(finishedTensors).isBetween(1, tensors);
        }

        @Override
        public void startedAnew(String reason) {
            heard.add("anew: " + reason);
        }

        @Override
        public void written(long bytes, long total) {
            if (bytes >= until * total) {
                throw new CancellationException("enough");
            }
        }

        @Override
        public void checked(long bytes, long total) {
            assertThat(bytes).isLessThanOrEqualTo(total);
            heard.add("checked");
        }
    }

    private Watching run(Path target, QuantizationPlan plan, double until) {
        var watching = new Watching(until);
        try {
            ModelQuantizer.quantize(source, target, plan, IfExists.REFUSE, watching, 100_000);
            assertThat(until).isGreaterThan(1);
        } catch (CancellationException e) {
            assertThat(until).isLessThanOrEqualTo(1);
        }
        return watching;
    }

    @Test
    void aBrokenRunIsContinuedAndGivesTheSameFile() throws IOException {
        var plan = QuantizationPlan.of(StoredFormat.Q4_0);
        var whole = quantize("whole", plan);
        var target = folder.resolve("whole2"); // the name is in the file
        assertThat(run(target, plan, 0.3).heard).isEmpty();
        assertThat(target).doesNotExist();
        assertThat(run(target, plan, 0.8).heard).containsExactly("resumed");
        // Half a line, as a killed process leaves it.
        Files.writeString(folder.resolve(".whole2.quantizing/journal"), "0123abc", StandardOpenOption.APPEND);
        var last = run(target, plan, 2);
        assertThat(last.heard).first().isEqualTo("resumed");
        assertThat(last.heard).endsWith("checked").doesNotContain("anew");
        assertThat(target.resolve("model.gguf")).hasSameBinaryContentAs(whole.resolve("model.gguf"));
        assertThat(folder.resolve(".whole2.quantizing")).doesNotExist();
    }

    @Test
    void otherOptionsBeginAnewAndSaySo() throws IOException {
        var target = folder.resolve("q");
        run(target, QuantizationPlan.of(StoredFormat.Q4_0), 0.5);
        var plan = QuantizationPlan.of(StoredFormat.Q8_0);
        assertThat(run(target, plan, 2).heard)
                .first()
                .asString()
                .contains("anew")
                .contains("other options");
        var straight = quantize("q2", plan);
        assertThat(target.resolve("model.gguf")).hasSameBinaryContentAs(straight.resolve("model.gguf"));
    }

    @Test
    void damageOfWhatWasWrittenIsFoundAndMadeGood() throws IOException {
        var target = folder.resolve("q");
        var plan = QuantizationPlan.of(StoredFormat.Q8_0);
        run(target, plan, 0.5);
        var file = folder.resolve(".q.quantizing/model/model.gguf");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 4] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> run(target, plan, 2))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("not what was written");
        assertThat(target).doesNotExist();
        assertThat(run(target, plan, 2).heard).doesNotContain("resumed");
        assertThat(target.resolve("model.gguf"))
                .hasSameBinaryContentAs(quantize("q2", plan).resolve("model.gguf"));
    }

    @Test
    void twoAtOnceAreRefused() throws IOException {
        var target = folder.resolve("q");
        Files.createDirectories(folder.resolve(".q.quantizing"));
        try (var journal = QuantizationJournal.open(folder.resolve(".q.quantizing/journal"))) {
            assertThat(journal.isNew()).isTrue();
            assertThatThrownBy(() -> quantize("q", QuantizationPlan.of(StoredFormat.Q8_0)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("another process");
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void whatIsThereIsRefusedOrReplacedWhole() throws IOException {
        var target = quantize("q", QuantizationPlan.of(StoredFormat.Q8_0));
        long before = Files.size(target.resolve("model.gguf"));
        assertThatThrownBy(() -> quantize("q", QuantizationPlan.of(StoredFormat.Q4_0)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("already exists");
        ModelQuantizer.quantize(
                source, target, QuantizationPlan.of(StoredFormat.Q4_0), IfExists.REPLACE, QuantizationListener.NONE);
        assertThat(Files.size(target.resolve("model.gguf"))).isLessThan(before);
        var foreign = Files.createDirectory(folder.resolve("foreign"));
        assertThatThrownBy(() -> ModelQuantizer.quantize(
                        source,
                        foreign,
                        QuantizationPlan.of(StoredFormat.Q4_0),
                        IfExists.REPLACE,
                        QuantizationListener.NONE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("not a model directory");
    }

    @Test
    void aQuantisedModelIsNotQuantisedAgain() {
        var target = quantize("q", QuantizationPlan.of(StoredFormat.Q8_0));
        try (var model = ModelDirectory.open(target)) {
            assertThatThrownBy(() -> ModelQuantizer.quantize(
                            model,
                            folder.resolve("q4"),
                            QuantizationPlan.of(StoredFormat.Q4_0),
                            IfExists.REFUSE,
                            QuantizationListener.NONE))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void aQuantisedModelCanBeWrittenAsSafetensors() {
        var target = quantize("q", QuantizationPlan.of(StoredFormat.Q8_0));
        var wide = folder.resolve("wide");
        try (var model = ModelDirectory.open(target)) {
            var options = new ModelWriter.Options(WeightType.FLOAT32, WeightType.AS_IS, 1 << 30);
            ModelWriter.write(wide, ModelContents.of(model), options, IfExists.REFUSE);
            try (var back = ModelDirectory.open(wide)) {
                for (var name : model.tensors().names()) {
                    assertThat(back.tensors().find(name).orElseThrow().toFloats())
                            .as(name)
                            .isEqualTo(model.tensors().find(name).orElseThrow().toFloats());
                }
            }
        }
    }
}
