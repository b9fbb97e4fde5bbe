package dev.nextstep.workflow.command;

import dev.nextstep.cli.Main;
import dev.nextstep.workflow.batch.WorkerPool;
import dev.nextstep.workflow.config.SettingKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Begins processes that run this program again: the same Java, flags and command line.
 *
 * @param arguments of the command line
 * @param workers how many share the machine
 */
record WorkerStarter(List<String> arguments, int workers) implements WorkerPool.ProcessStarter {
    private static final int MOST_HEAP_PERCENT = 70;

    /** Copies the list. */
    WorkerStarter {
        arguments = List.copyOf(arguments);
    }

    @Override
    public Process start() throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:MaxRAMPercentage=%d".formatted(Math.max(1, MOST_HEAP_PERCENT / workers)));
        // What the manifest says of a jar that is started by name.
        command.add("--add-exports=java.base/jdk.internal.module=ALL-UNNAMED");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / workers);
        builder.environment().putIfAbsent(SettingKey.THREADS.variable(), String.valueOf(threads));
        return builder.start();
    }
}
