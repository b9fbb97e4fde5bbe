package dev.nextstep.data.tool;

import dev.nextstep.data.DataException;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.filter.Filter;
import dev.nextstep.data.filter.FilterRun;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.data.source.SampleSource;
import dev.nextstep.data.source.SourceProblem;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Builds a data folder of a source, through filters. */
public final class DataBuilder {
    private static final int DETAILS = 1000;

    private DataBuilder() {}

    /**
     * Builds a data folder. It appears when it is complete.
     *
     * @param source where samples come from, such as {@link SampleSource#of}
     * @param folder see {@link ShardWriter#create}
     * @param filters steps in their order, fresh ones; may be empty
     * @throws DataException if the folder may not be written, or not one sample was kept; there is no new folder then
     * @throws java.util.concurrent.CancellationException if it was cancelled; likewise
     */
    public static BuildResult build(
            SampleSource source, Path folder, ShardOptions options, List<Filter> filters, Work work)
            throws IOException {
        var run = new FilterRun(filters, new PictureReader());
        var writer = ShardWriter.create(folder, options);
        var receiver = new Receiving(run, writer, work);
        try (writer) {
            try {
                source.read(receiver);
                if (writer.samples() == 0) {
                    throw new DataException("no sample to store: %d came, %d were dropped by filters, %d had problems%s"
                            .formatted(
                                    run.report().in(),
                                    run.report().in() - run.report().out(),
                                    receiver.problemCount,
                                    receiver.problems.isEmpty()
                                            ? ""
                                            : ", the first: "
                                                    + receiver.problems
                                                            .getFirst()
                                                            .where() + ": "
                                                    + receiver.problems
                                                            .getFirst()
                                                            .reason()));
                }
            } catch (IOException | RuntimeException | Error e) {
                writer.discard();
                throw e;
            }
        }
        return new BuildResult(receiver.stored, receiver.problems, receiver.problemCount, run.report());
    }

    private static final class Receiving implements SampleSource.Receiver {
        private final FilterRun run;
        private final ShardWriter writer;
        private final Work work;
        private final Map<SampleKind, Long> stored = new EnumMap<>(SampleKind.class);
        private final List<SourceProblem> problems = new ArrayList<>();
        private long problemCount;
        private long seen;

        Receiving(FilterRun run, ShardWriter writer, Work work) {
            this.run = run;
            this.writer = writer;
            this.work = work;
        }

        @Override
        public void sample(Sample sample) throws IOException {
            work.step("samples", ++seen, -1);
            if (run.keeps(sample)) {
                writer.add(sample);
                stored.merge(sample.kind(), 1L, Long::sum);
            }
        }

        @Override
        public void problem(SourceProblem problem) {
            problemCount++;
            if (problems.size() < DETAILS) {
                problems.add(problem);
            }
        }
    }
}
