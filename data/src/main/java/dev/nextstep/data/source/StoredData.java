package dev.nextstep.data.source;

import dev.nextstep.data.shard.DataSet;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The samples of a data folder, for example to filter them more strictly.
 *
 * @param folder a folder with a registry
 */
public record StoredData(Path folder) implements SampleSource {
    @Override
    public void read(Receiver receiver) throws IOException {
        for (var data : DataSet.openAll(folder)) {
            try (data) {
                for (long i = 0; i < data.size(); i++) {
                    var sample = data.read(i);
                    if (sample.isPresent()) {
                        receiver.sample(sample.get());
                    }
                }
                for (var damage : data.damage().details()) {
                    receiver.problem(new SourceProblem(
                            damage.shard() + ", " + damage.key(), damage.reason() + ": " + damage.detail()));
                }
            }
        }
    }
}
