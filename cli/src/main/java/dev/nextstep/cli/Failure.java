package dev.nextstep.cli;

import dev.nextstep.RecipeException;
import dev.nextstep.SnapshotException;
import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.CheckpointWriteException;
import dev.nextstep.engine.MemoryException;
import dev.nextstep.hub.HubException;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureWriteException;
import dev.nextstep.prompt.PromptException;
import dev.nextstep.tensor.TensorException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in the words and the number for the person at the terminal. The only place that knows which exception
 * of which room means what to a shell.
 *
 * @param code for the shell
 * @param message one line, without the name of the program
 */
record Failure(ExitCode code, String message) {

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case PictureWriteException e -> new Failure(ofWriting(e.getCause()), text(e));
            case CheckpointWriteException e -> new Failure(ofWriting(e.getCause()), text(e));
            case TensorException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case CheckpointException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case PictureException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case RecipeException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case SnapshotException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case HubException e -> new Failure(ofHub(e.reason()), text(e));
            case PromptException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case MemoryException e -> new Failure(ExitCode.NO_MEMORY, text(e));
            case IllegalArgumentException e -> new Failure(ExitCode.USAGE, text(e));
            case UncheckedIOException e -> of(Objects.requireNonNull(e.getCause()));
            case IOException e -> ofFile(e);
            case OutOfMemoryError e ->
                new Failure(
                        ExitCode.NO_MEMORY,
                        "out of memory with a heap of %d MiB (%s); ask for a smaller picture or set NEXTSTEP_JAVA_OPTS=-Xmx…"
                                .formatted(Runtime.getRuntime().maxMemory() >> 20, text(e)));
            case CancellationException _, InterruptedException _ -> new Failure(ExitCode.CANCELLED, "cancelled");
            default -> ofModule(thrown);
        };
    }

    private static Failure ofModule(Throwable thrown) {
        for (var module : Commands.modules()) {
            var code = module.exitCode(thrown);
            if (code.isPresent()) {
                return new Failure(code.get(), text(thrown));
            }
        }
        return new Failure(
                ExitCode.FAILURE, "internal error: %s (run again with --debug and report it)".formatted(text(thrown)));
    }

    // A folder that is not there is a mistake of the command line; a full disk is not.
    private static ExitCode ofWriting(@Nullable Throwable cause) {
        return switch (cause) {
            case NoSuchFileException _, NotDirectoryException _, AccessDeniedException _ -> ExitCode.BAD_INPUT;
            case null, default -> ExitCode.FAILURE;
        };
    }

    private static ExitCode ofHub(HubException.Reason reason) {
        return switch (reason) {
            case ACCESS, NOT_FOUND, OFFLINE, UNSAFE_NAME -> ExitCode.BAD_INPUT;
            case NETWORK, CERTIFICATE, SERVER, INTEGRITY, DISK_SPACE, STORAGE -> ExitCode.FAILURE;
        };
    }

    private static Failure ofFile(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException e ->
                new Failure(
                        ExitCode.BAD_INPUT,
                        e.getFile() + ": " + Objects.requireNonNullElse(e.getReason(), "no such file"));
            case NotDirectoryException e -> new Failure(ExitCode.BAD_INPUT, e.getFile() + ": not a folder");
            case AccessDeniedException e -> new Failure(ExitCode.BAD_INPUT, e.getFile() + ": permission denied");
            case FileAlreadyExistsException e ->
                new Failure(
                        ExitCode.FAILURE,
                        e.getFile() + ": exists already" + (e.getReason() == null ? "" : "; " + e.getReason()));
            case FileNotFoundException e -> new Failure(ExitCode.BAD_INPUT, text(e));
            case FileSystemException e -> new Failure(ExitCode.FAILURE, text(e));
            default -> new Failure(ExitCode.FAILURE, text(thrown));
        };
    }

    /** The message of an exception on one line, or its type if it has none. */
    static String text(Throwable thrown) {
        String message = thrown.getMessage();
        String text = message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
