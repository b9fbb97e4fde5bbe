package dev.nextstep.cli.bench;

import dev.nextstep.DrawingListener;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** Whole pictures through the Java API, several at a time. */
final class BatchBenchmark {
    private static final int WARM_UPS = 3;

    private final NextStep model;
    private final Workload workload;
    private final Effort effort;
    private final Cancellation cancellation;

    BatchBenchmark(NextStep model, Workload workload, Effort effort, Cancellation cancellation) {
        this.model = model;
        this.workload = workload;
        this.effort = effort;
        this.cancellation = cancellation;
    }

    /** How often it says that something is done. */
    static int steps(Effort effort) {
        return effort.batches().size();
    }

    /** Fewer batches than asked for if a round of the next would take longer than an item may. */
    List<BatchResult> run(long weightsBytes, Steps steps) {
        var results = new ArrayList<BatchResult>();
        double last = 0;
        int lastPictures = 1;
        for (int pictures : effort.batches()) {
            double expected = last * pictures / lastPictures;
            if (expected * 1e9 <= effort.budget().toNanos()) {
                var seconds = measure(pictures);
                results.add(
                        new BatchResult(pictures, seconds, weightsBytes + predicted(pictures), ResidentMemory.peak()));
                last = seconds.median();
                lastPictures = pictures;
            }
            steps.done();
        }
        return results;
    }

    private long predicted(int pictures) {
        return model.memory(workload.request(pictures)).bytes();
    }

    private Quartiles measure(int pictures) {
        int warmUps = effort == Effort.QUICK ? 0 : WARM_UPS;
        var seconds = new ArrayList<Double>();
        var budget = new Budget(effort.budget());
        for (int round = -warmUps; round < effort.rounds() && (seconds.isEmpty() || !budget.spent()); round++) {
            var request = workload.request(pictures);
            long start = System.nanoTime();
            var drawn = model.generateAll(request, DrawingListener.NONE, cancellation);
            double took = (System.nanoTime() - start) / 1e9;
            if (drawn.size() != pictures) {
                throw new IllegalStateException("%d pictures of %d".formatted(drawn.size(), pictures));
            }
            if (round >= 0 || budget.exceededBy(took)) {
                seconds.add(took);
            }
        }
        return Quartiles.of(seconds);
    }

    /** Bytes of the weights of a model, mapped from its files. */
    static long weightsBytes(NextStep model) {
        long bytes = 0;
        var directory = model.parts().directory();
        for (var source : List.of(directory.tensors(), directory.vae().tensors())) {
            for (var name : source.names()) {
                bytes += source.find(name).map(t -> t.data().byteSize()).orElse(0L);
            }
        }
        return bytes;
    }
}
