package dev.nextstep.workflow.batch;

import java.util.List;

/**
 * What a batch has come to, whole or not.
 *
 * @param plan what was to be done
 * @param records what became of pictures, in their order; fewer than planned if the batch was stopped
 * @param model name of the model
 * @param weightsHash hash of its weights
 */
public record BatchResult(BatchPlan plan, List<PictureRecord> records, String model, String weightsHash) {
    /** Copies the list. */
    public BatchResult {
        records = List.copyOf(records);
    }

    /** The result of a run with a model. */
    public static BatchResult of(BatchPlan plan, List<PictureRecord> records, BatchModel model) {
        return new BatchResult(plan, records, model.name(), model.weightsHash());
    }

    /** Pictures that are there. */
    public long done() {
        return records.stream().filter(PictureRecord::isDone).count();
    }

    /** Pictures that were given up. */
    public long failed() {
        return records.size() - done();
    }
}
