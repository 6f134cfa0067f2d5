package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code freehold user}: the way back in for an administrator who has lost the password, and the way in for users of
 * another program.
 */
final class UserCommand {
    private final AdminClient client;
    private final PrintStream out;

    UserCommand(AdminClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    int reset(String username) {
        AdminClient.Answer answer = client.post("/api/v1/users/" + find(username) + "/password-reset", null);
        if (!answer.ok() || !(answer.body().get("password") instanceof String password)) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot reset the password of '" + username + "': " + answer.problem());
        }
        out.println("The new password of " + username + " is " + password);
        out.println("It has to be changed at the next sign-in; every session and API token of this user has ended.");
        return ExitStatus.OK;
    }

    /** Imports what the file says, in the form of {@code POST /users/import}: all of it or nothing. */
    int importAll(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new LauncherException(ExitStatus.FAILED, "there is no file '" + file + "' that can be read");
        }
        AdminClient.Answer answer = client.upload("/api/v1/users/import", "application/json", file);
        if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot import '" + file + "': " + answer.problem() + violations(answer));
        }
        out.println("Imported " + items.size() + (items.size() == 1 ? " user." : " users."));
        out.println("They sign in with the passwords that they had; whoever does not in time needs a new one.");
        return ExitStatus.OK;
    }

    private static String violations(AdminClient.Answer answer) {
        StringBuilder text = new StringBuilder();
        if (answer.body().get("violations") instanceof List<?> violations) {
            for (Object violation : violations) {
                if (violation instanceof Map<?, ?> named) {
                    text.append("\n  ").append(named.get("field")).append(' ').append(named.get("message"));
                }
            }
        }
        return text.toString();
    }

    private String find(String username) {
        String cursor = "";
        do {
            AdminClient.Answer answer = client.get("/api/v1/users?limit=1000" + cursor);
            if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
                throw new LauncherException(ExitStatus.FAILED, "cannot look for users: " + answer.problem());
            }
            for (Object item : items) {
                if (item instanceof Map<?, ?> user
                        && user.get("id") instanceof String id
                        && username.equalsIgnoreCase(String.valueOf(user.get("username")))) {
                    return id;
                }
            }
            cursor = answer.body().get("nextCursor") instanceof String next
                    ? "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                    : "";
        } while (!cursor.isEmpty());
        throw new LauncherException(ExitStatus.FAILED, "there is no user '" + username + "'");
    }
}
