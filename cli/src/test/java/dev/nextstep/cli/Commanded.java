package dev.nextstep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** A command run in this JVM: what it told the shell and printed where. */
record Commanded(int code, String out, String err) {

    /** Runs with the default model of the project. */
    static Commanded run(Object... arguments) {
        System.setProperty(DefaultModel.HOME_PROPERTY, System.getProperty("project.root"));
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i] instanceof Path path ? path.toString() : String.valueOf(arguments[i]);
        }
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Commanded(code, out.toString(), err.toString());
    }
}
