package dev.nextstep.cli;

/**
 * Loads the Vector API, which the arithmetic needs.
 *
 * <p>The documented way is {@code --add-modules=jdk.incubator.vector}; it makes the JVM print a warning about incubator
 * modules on standard error at each start, before any code of ours runs, and no option turns that off. The JDK can also
 * load one of its own modules later, silently, which it does for its own agents; that is used here when the option is
 * not given. The intrinsics are the same either way. The jar's manifest opens the one internal package this needs.
 */
final class VectorModule {
    private static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /**
     * Makes {@code jdk.incubator.vector} available to the class path.
     *
     * @throws IllegalStateException if this JVM has no such module or no way to load it late
     */
    static void load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent()) {
            return;
        }
        try {
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this Java cannot load the Vector API by itself; start it with --add-modules=" + NAME, e);
        }
    }
}
