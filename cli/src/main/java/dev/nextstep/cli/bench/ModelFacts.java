package dev.nextstep.cli.bench;

import dev.nextstep.NextStep;
import java.util.Optional;

/**
 * What was drawn with.
 *
 * @param name of the model
 * @param hash over its weights; empty if it is not remembered and would take minutes
 * @param weightsBytes of its tensors in their files
 * @param workload size of pictures, steps and guidance, in words
 */
public record ModelFacts(String name, Optional<String> hash, long weightsBytes, String workload) {

    static ModelFacts of(NextStep model, Workload workload) {
        return new ModelFacts(
                model.name(), model.identity().weightsHash(), BatchBenchmark.weightsBytes(model), workload.text());
    }

    /** Tells models and workloads apart. */
    String id() {
        return "%s|%s|%s".formatted(hash.orElse(name), weightsBytes, workload);
    }
}
