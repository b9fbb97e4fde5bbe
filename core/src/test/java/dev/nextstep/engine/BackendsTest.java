package dev.nextstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.vae.DecodeProgress;
import dev.nextstep.vae.Planes;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seam between engines: they are found by name, and nothing is computed beside them. */
class BackendsTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    /** Another engine, as a module would bring it: the one of this module, watched. */
    public static final class WatchedProvider implements BackendProvider {
        private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

        @Override
        public String name() {
            return "watched";
        }

        @Override
        public String description() {
            return "for a test";
        }

        @Override
        public ModelBackend open(ModelDirectory directory, LoadOptions options) {
            return new Watched(CpuBackend.PROVIDER.open(directory, options));
        }
    }

    private record Watched(ModelBackend inner) implements ModelBackend {
        private <T> T note(String call, T result) {
            WatchedProvider.CALLS.add(call);
            return result;
        }

        @Override
        public int hiddenSize() {
            return inner.hiddenSize();
        }

        @Override
        public int tokenDim() {
            return inner.tokenDim();
        }

        @Override
        public CacheLayout cache() {
            return inner.cache();
        }

        @Override
        public float[] embed(int[] ids) {
            return note("embed", inner.embed(ids));
        }

        @Override
        public float[] embedTokens(float[] tokens, int rows) {
            return note("embedTokens", inner.embedTokens(tokens, rows));
        }

        @Override
        public Sequence newSequence(int offset, int capacity) {
            return note("newSequence", inner.newSequence(offset, capacity));
        }

        @Override
        public float[] forward(List<SequenceSpan> spans, float[] inputs) {
            return note("forward", inner.forward(spans, inputs));
        }

        @Override
        public float[] logits(float[] hidden, int rows) {
            return note("logits", inner.logits(hidden, rows));
        }

        @Override
        public float[] conditions(float[] hidden, int[] tokens) {
            return note("conditions", inner.conditions(hidden, tokens));
        }

        @Override
        public float[] sample(List<TokenDraw> draws, float[] conditions) {
            return note("sample", inner.sample(draws, conditions));
        }

        @Override
        public float[] normalize(float[] tokens, int rows) {
            return note("normalize", inner.normalize(tokens, rows));
        }

        @Override
        public Planes encode(Planes pixels, DecodeProgress progress) {
            return note("encode", inner.encode(pixels, progress));
        }

        @Override
        public Planes decode(Planes latent, DecodeProgress progress) {
            return note("decode", inner.decode(latent, progress));
        }

        @Override
        public long forwardBytes(int positions) {
            return inner.forwardBytes(positions);
        }

        @Override
        public long samplingBytes(int rows, int steps) {
            return inner.samplingBytes(rows, steps);
        }

        @Override
        public long decodingBytes(int height, int width) {
            return inner.decodingBytes(height, width);
        }

        @Override
        public void close() {
            note("close", "");
            inner.close();
        }
    }

    @Test
    void ownEngineIsThereWithoutBeingLookedFor() {
        assertThat(Backends.named("cpu")).isSameAs(CpuBackend.PROVIDER);
        assertThat(Backends.all()).first().isSameAs(CpuBackend.PROVIDER);
    }

    @Test
    void unknownNameIsAnsweredWithWhatIsThere() {
        assertThatThrownBy(() -> OpenOptions.DEFAULT.withEngine("gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no engine 'gpu'")
                .hasMessageContaining("cpu (Java on the processor)");
    }

    @Test
    void anotherEngineComputesEverything(@TempDir Path folder) throws IOException {
        var services = folder.resolve("META-INF/services/" + BackendProvider.class.getName());
        Files.createDirectories(services.getParent());
        Files.writeString(services, WatchedProvider.class.getName());
        var before = Thread.currentThread().getContextClassLoader();
        var request =
                GenerateRequest.builder("a dog").size(32, 32).steps(2).seed(5).build();
        try (var loader = new URLClassLoader(
                new java.net.URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            var options = OpenOptions.DEFAULT.withThreads(1);
            try (var watched = NextStep.open(MODEL, options.withEngine("watched"));
                    var own = NextStep.open(MODEL, options)) {
                var picture = watched.generate(request);
                assertThat(WatchedProvider.CALLS)
                        .contains("embed", "newSequence", "forward", "conditions", "sample", "embedTokens", "decode");
                assertThat(picture.pixels().toBytes())
                        .isEqualTo(own.generate(request).pixels().toBytes());
                assertThatThrownBy(() -> watched.parts().cpu())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("engine 'watched'");
            }
            assertThat(WatchedProvider.CALLS).last().isEqualTo("close");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
