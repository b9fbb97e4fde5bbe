package dev.nextstep.data.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.sequence.PreparationSettings;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.data.sequence.SequenceBuilder;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.Partition;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.data.testing.Golden;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MixerTest {
    private static final double[] WEIGHTS = {1, 4, 2, 3};

    private static List<DataSet> data = List.of();

    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("feb/tiny-feb"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);

    @BeforeAll
    static void write(@TempDir Path folder) throws IOException {
        Path target = folder.resolve("data");
        try (var writer = ShardWriter.create(target, ShardOptions.of("mix").withMaxSamples(7))) {
            for (int i = 0; i < 20; i++) {
                writer.add(TestSamples.text(i));
                writer.add(TestSamples.imageText(i));
                writer.add(TestSamples.edit(i));
                writer.add(TestSamples.interleaved(i, 2 + i % 3));
            }
        }
        data = DataSet.openAll(target);
    }

    @AfterAll
    static void close() {
        data.forEach(DataSet::close);
    }

    private List<MixSource> sources() {
        return IntStream.range(0, data.size())
                .mapToObj(i -> MixSource.of(data.get(i), WEIGHTS[i]))
                .toList();
    }

    private Mixer mixer(Partition partition, MixerState state) {
        return new Mixer(sources(), 42, partition, state);
    }

    @Test
    void drawsInTheSharesOfTheWeightsAndSaysSo() {
        var mixer = mixer(Partition.WHOLE, MixerState.START);
        var drawn = new HashMap<SampleKind, Integer>();
        for (int i = 0; i < 4000; i++) {
            drawn.merge(mixer.next().sample().kind(), 1, Integer::sum);
        }
        double sum = Arrays.stream(WEIGHTS).sum();
        for (int i = 0; i < data.size(); i++) {
            var share = mixer.shares().get(i);
            assertThat(share.wanted()).isEqualTo(WEIGHTS[i] / sum);
            assertThat(share.drawn()).isCloseTo(share.wanted(), within(0.03));
            assertThat(share.chosen())
                    .isEqualTo(drawn.getOrDefault(share.kind(), -1).longValue());
            assertThat(share.samples()).isEqualTo(share.chosen());
            assertThat(share.epochs()).isCloseTo(share.samples() / 20.0, within(1e-9));
        }
    }

    @Test
    void goesOnExactlyWhereItStopped() {
        for (int stop : new int[] {0, 1, 37, 200}) {
            var whole = mixer(new Partition(1, 2), MixerState.START);
            for (int i = 0; i < stop; i++) {
                whole.next();
            }
            var state = MixerState.fromJson(
                    DataJson.parseObject(DataJson.line(whole.state().toJson()), "state"));
            var resumed = mixer(new Partition(1, 2), state);
            for (int i = 0; i < 100; i++) {
                assertThat(resumed.next().reference()).isEqualTo(whole.next().reference());
            }
        }
        var state = mixer(Partition.WHOLE, MixerState.START).state();
        assertThatThrownBy(() -> new Mixer(sources().subList(0, 2), 42, Partition.WHOLE, state))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("resume with the same");
    }

    @Test
    void processesDrawDifferently() {
        var a = mixer(new Partition(0, 2), MixerState.START);
        var b = mixer(new Partition(1, 2), MixerState.START);
        var chosenA = IntStream.range(0, 50).map(i -> a.choose()).boxed().toList();
        var chosenB = IntStream.range(0, 50).map(i -> b.choose()).boxed().toList();
        assertThat(chosenA).isNotEqualTo(chosenB);
    }

    static Stream<Packing> modes() {
        return Stream.of(
                new Packing.WholeSamples(120), new Packing.BlockDiagonal(120), new Packing.OnePerRow(120, 16, 4));
    }

    private RowLoader<List<Integer>> loader(Packing packing, LoaderState state) {
        var preparation =
                new SamplePreparation(new SequenceBuilder(tokenizer, special), PreparationSettings.official(42, 3));
        SampleEncoder<List<Integer>> encoder = (reference, sample) -> preparation
                .prepare(sample, reference.draw(), grids(sample))
                .map(p -> new SampleEncoder.Encoded<>(p.sequence(), p.pictures()));
        return new RowLoader<>(
                mixer(Partition.WHOLE, state.mixer()),
                encoder,
                packing,
                new Packing.Continuous(120),
                special.pad(),
                42,
                state);
    }

    private static List<Grid> grids(Sample sample) {
        return sample.pictures().stream().map(p -> new Grid(2, 2)).toList();
    }

    private static String shown(PackedRow<Loaded<List<Integer>>> row) {
        var text = new StringBuilder(Arrays.toString(row.inputIds()));
        for (var part : row.parts()) {
            text.append(part.owner().key()).append(part.owner().payload()).append(part.skipped());
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void rowsGoOnExactlyWhereTheyStopped(Packing packing) {
        var start = new LoaderState(MixerState.START, List.of(), List.of());
        var whole = loader(packing, start);
        var rows = new ArrayList<String>();
        var states = new ArrayList<byte[]>();
        for (int i = 0; i < 60; i++) {
            states.add(DataJson.line(whole.state().toJson()));
            rows.add(shown(whole.next()));
        }
        assertThat(rows.stream().distinct()).hasSizeGreaterThan(30);
        for (int stop = 0; stop < 40; stop += 3) {
            var state = LoaderState.fromJson(DataJson.parseObject(states.get(stop), "state"));
            var resumed = loader(packing, state);
            assertThat(DataJson.line(resumed.state().toJson())).isEqualTo(states.get(stop));
            for (int i = stop; i < stop + 15; i++) {
                assertThat(shown(resumed.next()))
                        .as("stopped at %d, row %d", stop, i)
                        .isEqualTo(rows.get(i));
            }
        }
    }

    @Test
    void rowsOfTextAloneAreKeptAndWholeSamplesStayTogether() {
        var loader = loader(new Packing.WholeSamples(120), new LoaderState(MixerState.START, List.of(), List.of()));
        int text = 0;
        for (int i = 0; i < 200; i++) {
            var row = loader.next();
            assertThat(row.length()).isEqualTo(120);
            assertThat(row.parts().stream()
                            .map(p -> p.owner().reference().source())
                            .distinct())
                    .hasSize(1);
            boolean isText = data.get(row.parts().getFirst().owner().reference().source())
                            .kind()
                    == SampleKind.TEXT;
            text += isText ? 1 : 0;
            assertThat(row.padding()).isBetween(0, isText ? 0 : 110);
        }
        assertThat(text / 200.0).isCloseTo(0.1, within(0.06));
    }

    @Test
    void dataOfWhichNothingFitsIsRefused() {
        var loader = loader(new Packing.OnePerRow(5, 4, 4), new LoaderState(MixerState.START, List.of(), List.of()));
        assertThatThrownBy(loader::next).isInstanceOf(DataException.class).hasMessageContaining("too long");
        assertThat(loader.unusable()).anyMatch(n -> n > 20);
        assertThatThrownBy(() -> MixSource.of(data.getFirst(), 0)).hasMessageContaining("above 0");
    }
}
