package dev.nextstep.vae;

import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GemmWorkspace;
import java.util.function.Supplier;

/**
 * One pass of a picture through the encoder or the decoder: what it runs on, how much memory a level may take, who
 * listens.
 */
final class Run {

    /** Sees activations by name; for tests. */
    @FunctionalInterface
    interface Trace {
        Trace NONE = (name, map) -> {};

        void at(String name, Supplier<FeatureMap> map);
    }

    private final GemmWorkspace workspace;
    private final long levelBytes;
    private final DecodeProgress progress;
    private final Trace trace;
    private final double totalWork;
    private double work;

    Run(GemmWorkspace workspace, long levelBytes, DecodeProgress progress, Trace trace, double totalWork) {
        this.workspace = workspace;
        this.levelBytes = levelBytes;
        this.progress = progress;
        this.trace = trace;
        this.totalWork = totalWork;
    }

    GemmWorkspace workspace() {
        return workspace;
    }

    /** Bytes of activations above which a level is computed in strips. */
    long levelBytes() {
        return levelBytes;
    }

    /** Reports what is done, and gives the listener a chance to cancel. */
    void did(double part) {
        work += part;
        progress.at(Math.min(1, work / totalWork));
    }

    void trace(String name, FeatureMap map) {
        trace.at(name, () -> map);
    }

    void trace(String name, Supplier<FeatureMap> map) {
        trace.at(name, map);
    }
}
