package dev.nextstep.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.DrawingListener;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.engine.BackendProvider;
import dev.nextstep.engine.Backends;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureDifference;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawing on libtorch: the same request gives the same picture as on the engine of {@code core}, within rounding. */
class TorchBackendTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models", "emoji");
    /** 256 levels of a byte: far below what anybody could see. */
    private static final double ALIKE = 45;

    private static NextStep cpu;
    private static NextStep torch;

    @BeforeAll
    static void open() {
        cpu = NextStep.open(MODEL);
        torch = NextStep.open(MODEL, OpenOptions.DEFAULT.withEngine("torch"));
    }

    @AfterAll
    static void close() {
        cpu.close();
        torch.close();
    }

    @Test
    void isFoundByItsName() {
        assertThat(Backends.all()).extracting(BackendProvider::name).contains("cpu", "torch");
        assertThatThrownBy(() -> NextStep.open(MODEL, OpenOptions.REFERENCE_BF16.withEngine("torch")))
                .hasMessageContaining("engine cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s2", "sde", "cps", "ode", "heun"})
    void samePictureWithEverySampler(String sampler) {
        var request = GenerateRequest.builder("red apple, noto style")
                .sampler(Sampler.of(sampler))
                .seed(3)
                .build();
        assertThat(PictureDifference.of(
                                cpu.generate(request).pixels(),
                                torch.generate(request).pixels())
                        .psnr())
                .isGreaterThan(ALIKE);
    }

    @Test
    void samePicturesOfABatchAndOfAnEdit() {
        var request =
                GenerateRequest.builder("pizza, flat style").count(3).seed(9).build();
        var expected = cpu.generateAll(request, DrawingListener.NONE, new Cancellation());
        var actual = torch.generateAll(request, DrawingListener.NONE, new Cancellation());
        for (int i = 0; i < 3; i++) {
            assertThat(PictureDifference.of(
                                    expected.get(i).pixels(), actual.get(i).pixels())
                            .psnr())
                    .isGreaterThan(ALIKE);
        }
        var edit = EditRequest.builder("make it blue", expected.getFirst().pixels())
                .seed(4)
                .build();
        assertThat(PictureDifference.of(
                                cpu.edit(edit).pixels(), torch.edit(edit).pixels())
                        .psnr())
                .isGreaterThan(ALIKE);
    }
}
