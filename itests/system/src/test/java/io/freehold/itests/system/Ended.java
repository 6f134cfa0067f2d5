package io.freehold.itests.system;

import java.util.List;

/**
 * A command that has ended.
 *
 * @param status what it told the shell
 * @param lines what it printed, to standard output and error
 */
record Ended(int status, List<String> lines) {
    String text() {
        return String.join("\n", lines);
    }
}
