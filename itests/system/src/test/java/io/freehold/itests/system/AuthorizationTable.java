package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each caller gets at each route: as it is written down, to be compared with what a running Freehold answers. */
final class AuthorizationTable {
    /** The callers, in the order of the columns. */
    static final List<String> CALLERS =
            List.of("anonymous", "nobody", "administrator", "operator", "user", "auditor", "readonly");

    /** The holders of a role in one project, in the order of the columns after those. */
    static final List<String> MEMBERS =
            List.of("@administrator", "@operator", "@project-owner", "@user", "@auditor", "@readonly");

    /** All of them. */
    static final List<String> ALL =
            Stream.concat(CALLERS.stream(), MEMBERS.stream()).toList();

    private static final int KEYS = 4;

    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** One route with what it takes, and what each gets: callers {@code ok}, {@code empty} or a status, members letters. */
    record Row(String method, String kind, String permission, String path, Map<String, String> outcomes) {
        static Row of(Route route, Map<String, String> outcomes) {
            return new Row(route.method(), route.kind(), route.permission(), route.path(), outcomes);
        }

        private String key() {
            return method + " " + kind + " " + path;
        }

        @Override
        public String toString() {
            return "%-6s  %-9s  %-19s  %-42s  %s"
                    .formatted(
                            method,
                            kind,
                            permission,
                            path,
                            ALL.stream()
                                    .map(caller -> ("%-" + caller.length() + "s").formatted(outcomes.get(caller)))
                                    .collect(Collectors.joining("  ")))
                    .strip();
        }
    }

    /** A route that is served, and what callers get there. */
    record Measured(Route route, Map<String, String> outcomes) {}

    /**
     * Reads a table.
     *
     * @param text lines of columns; those that begin with # say something to people
     */
    static AuthorizationTable parse(String text) {
        AuthorizationTable table = new AuthorizationTable();
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> head = columns(lines.get(0));
        assertThat(head.subList(KEYS, head.size())).as("the table's callers").isEqualTo(ALL);
        for (String line : lines.subList(1, lines.size())) {
            List<String> columns = columns(line);
            assertThat(columns).as(line).hasSameSizeAs(head);
            Map<String, String> outcomes = new LinkedHashMap<>();
            for (int i = KEYS; i < columns.size(); i++) {
                outcomes.put(head.get(i), columns.get(i));
            }
            Row row = new Row(columns.get(0), columns.get(1), columns.get(2), columns.get(3), outcomes);
            assertThat(table.rows.put(row.key(), row))
                    .as("the row before of the same route: " + line)
                    .isNull();
        }
        return table;
    }

    private static List<String> columns(String line) {
        return Arrays.asList(line.strip().split("\\s+"));
    }

    /** What is not as the table says, in words; empty if all is. */
    List<String> differences(List<Measured> served) {
        List<String> differences = new ArrayList<>();
        Map<String, Row> unseen = new LinkedHashMap<>(rows);
        for (Measured measured : served) {
            Row found = Row.of(measured.route(), measured.outcomes());
            if (measured.route().ofPlugin() && measured.route().permission().equals("-")) {
                differences.add("takes no permission, as a plugin's must: " + found.key());
            }
            Row expected = unseen.remove(found.key());
            if (expected == null) {
                differences.add("has no row in the table; if this is as it should be, add: " + found);
            } else {
                compare(expected, found, measured.route().open(), differences);
            }
        }
        unseen.values().forEach(row -> differences.add("is served no more: " + row.key()));
        return differences;
    }

    private static void compare(Row expected, Row found, boolean open, List<String> differences) {
        if (!expected.permission().equals(found.permission())) {
            differences.add("takes the permission %s and not %s: %s"
                    .formatted(found.permission(), expected.permission(), found.key()));
        }
        if (open != expected.outcomes().get("anonymous").equals("ok")) {
            differences.add((open ? "says that it is open: " : "says that it is not open: ") + found.key());
        }
        ALL.forEach(caller -> {
            String wanted = expected.outcomes().get(caller);
            String got = found.outcomes().get(caller);
            if (!wanted.equals(got)) {
                differences.add("answers %s with %s and not %s: %s".formatted(caller, got, wanted, found.key()));
            }
        });
    }
}
