package dev.nextstep.workflow.command;

import dev.nextstep.NextStep;
import dev.nextstep.cli.EngineArguments;
import dev.nextstep.cli.ModelArguments;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import picocli.CommandLine.Mixin;

/** The model of the command line, else that of the settings, else the one that comes with the program. */
final class ModelOfSettings {
    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    /** The settings, for one picture at a time if as little memory as possible is to be used. */
    Settings sparing(Settings settings) {
        return model.isLowMemory() ? settings.withFlag(SettingKey.BATCH_SIZE, "--low-memory", "1") : settings;
    }

    /** What batches draw with. */
    BatchModel.Opened drawing(NextStep opened) {
        return new BatchModel.Opened(opened, model.isLowMemory() ? BatchModel.Memory.LITTLE : BatchModel.Memory.PLENTY);
    }

    /** Opens it. */
    NextStep open(Settings settings) {
        var options = model.options();
        int threads = settings.whole(SettingKey.THREADS);
        if (threads > 0 && !model.isThreadsGiven()) {
            options = options.withThreads(threads);
        }
        return NextStep.open(model.directoryOr(settings.text(SettingKey.MODEL)), engine.on(options));
    }
}
