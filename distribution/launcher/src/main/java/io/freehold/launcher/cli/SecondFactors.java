package io.freehold.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which administrators sign in with a password alone, as the running Freehold knows. */
final class SecondFactors {
    /** Administrators hold it everywhere, and few others do. */
    private static final String REVIEW = "/api/v1/access-review?permission=role:create&scope=/&limit=1000";

    private final AdminClient client;

    SecondFactors(AdminClient client) {
        this.client = client;
    }

    Finding examine() {
        List<String> without = new ArrayList<>();
        String cursor = "";
        do {
            AdminClient.Answer answer = client.get(REVIEW + cursor);
            if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
                return Finding.fail("who is an administrator cannot be listed: " + answer.problem(), "see the log");
            }
            for (Object item : items) {
                if (item instanceof Map<?, ?> entry && isWithout(entry)) {
                    without.add(String.valueOf(entry.get("name")));
                }
            }
            cursor = answer.body().get("nextCursor") instanceof String next ? "&cursor=" + next : "";
        } while (!cursor.isEmpty());
        return without.isEmpty()
                ? Finding.ok("every administrator has a second factor")
                : Finding.note(
                        "administrators without a second factor: " + String.join(", ", without),
                        "have each set one up, by POST /api/v1/auth/totp");
    }

    private static boolean isWithout(Map<?, ?> entry) {
        boolean administrator = entry.get("sources") instanceof List<?> sources
                && sources.stream()
                        .anyMatch(source -> source instanceof Map<?, ?> held
                                && "administrator".equals(held.get("roleId"))
                                && "/".equals(held.get("scope")));
        return administrator
                && "user".equals(entry.get("type"))
                && Boolean.TRUE.equals(entry.get("enabled"))
                && !Boolean.TRUE.equals(entry.get("secondFactor"));
    }
}
