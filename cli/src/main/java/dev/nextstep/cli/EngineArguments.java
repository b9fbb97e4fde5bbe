package dev.nextstep.cli;

import dev.nextstep.OpenOptions;
import dev.nextstep.engine.BackendProvider;
import dev.nextstep.engine.Backends;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What computes the model. */
public final class EngineArguments {

    /** Finds an engine by name. */
    static final class EngineConverter implements ITypeConverter<BackendProvider> {
        @Override
        public BackendProvider convert(String value) {
            try {
                return Backends.named(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            converter = EngineConverter.class,
            description = "What computes: cpu (default), or an engine that another module brings.")
    private @Nullable BackendProvider engine;

    /** The engine that is asked for. */
    Optional<BackendProvider> engine() {
        return Optional.ofNullable(engine);
    }

    /** The options, with this engine if one is given. */
    public OpenOptions on(OpenOptions options) {
        return engine == null ? options : options.withEngine(engine);
    }
}
