package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code freehold user reset}: the way back in for an administrator who has lost the password. */
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
        out.println("It has to be changed at the next sign-in; every session of this user has ended.");
        return ExitStatus.OK;
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
