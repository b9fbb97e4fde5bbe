package dev.nextstep.prompt;

import java.util.Map;

/** One added token from its JSON object. */
final class AddedTokenReader {
    private AddedTokenReader() {}

    static AddedToken read(long id, Map<String, Object> json) {
        String content = JsonTree.string(json, "content", "an added token");
        boolean special = JsonTree.flag(json, "special", false);
        boolean left = JsonTree.flag(json, "lstrip", false);
        boolean right = JsonTree.flag(json, "rstrip", false);
        AddedToken.Strip strip = left && right
                ? AddedToken.Strip.BOTH
                : left ? AddedToken.Strip.LEFT : right ? AddedToken.Strip.RIGHT : AddedToken.Strip.NONE;
        return new AddedToken(
                TokenizerParts.checkedId(id, content),
                content,
                JsonTree.flag(json, "normalized", !special) ? AddedToken.Text.NORMALIZED : AddedToken.Text.AS_GIVEN,
                JsonTree.flag(json, "single_word", false)
                        ? AddedToken.Boundary.WHOLE_WORD
                        : AddedToken.Boundary.ANYWHERE,
                strip,
                special ? AddedToken.Role.SPECIAL : AddedToken.Role.WORD);
    }
}
