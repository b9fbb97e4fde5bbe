package dev.nextstep.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Short names of the commands that are typed most, which complete as the long ones do. */
final class ShellAliases {
    private static final Map<String, String> ALIASES = aliases();

    private ShellAliases() {}

    private static Map<String, String> aliases() {
        var aliases = new LinkedHashMap<String, String>();
        aliases.put("nsg", "generate");
        aliases.put("nse", "edit");
        aliases.put("nsb", "batch");
        aliases.put("nsw", "workflow");
        aliases.put("nsq", "quality");
        aliases.put("nss", "status");
        return aliases;
    }

    /** For the end of the completion script of that shell. */
    static String script(String program, CompletionCommand.Shell shell) {
        var script = new StringBuilder("\n# Short names\n");
        if (shell == CompletionCommand.Shell.fish) {
            // fish completes an alias as what it stands for
            ALIASES.forEach((alias, command) -> script.append("alias %s '%s %s'\n".formatted(alias, program, command)));
            return script.toString();
        }
        // Completion is told that the long form was typed.
        script.append("""
                function _%1$s_short() {
                    local command=$1
                    COMP_WORDS=(%1$s "$command" "${COMP_WORDS[@]:1}")
                    COMP_CWORD=$((COMP_CWORD + 1))
                    _complete_%1$s
                }
                """.formatted(program));
        ALIASES.forEach((alias, command) -> script.append("""
                alias %1$s='%3$s %2$s'
                function _%3$s_short_%1$s() { _%3$s_short %2$s; }
                complete -o default -F _%3$s_short_%1$s %1$s
                """.formatted(alias, command, program)));
        return script.toString();
    }
}
