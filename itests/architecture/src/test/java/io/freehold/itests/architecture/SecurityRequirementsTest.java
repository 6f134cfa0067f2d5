package io.freehold.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of security requirements says nothing that is not there. */
class SecurityRequirementsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern CVE = Pattern.compile("CVE-(\\d{4})-(\\d+)");
    /** {@code cve_2024_42468_…}, {@code cve2026x5652…}, {@code cve202569197…}. */
    private static final Pattern CVE_TEST = Pattern.compile("void cve_?(20\\d{2})[_x]?(\\d+)");

    private static final int REQUIREMENTS = 37;
    /** Of others, that are kept in mind here. */
    private static final int HOLES = 28;

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String folder : List.of("bundles", "distribution", "features", "itests", "sdk")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> known.add(name.replace(".java", "")));
            }
        }
        Set<String> named = new TreeSet<>();
        Matcher matcher = TEST.matcher(String.join("\n", page()));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(known).containsAll(named);
    }

    @Test
    void everyRequirementHasItsRowWithATestOrWhatIsDue() throws IOException {
        List<String> rows =
                page().stream().filter(line -> line.matches("\\| \\d+ \\|.*")).toList();
        assertThat(rows.stream().map(row -> row.split("\\|", -1)[1].strip()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, REQUIREMENTS)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.toList()));
        assertThat(rows).allSatisfy(row -> {
            String[] cells = row.split("\\|", -1);
            assertThat(cells[3].strip() + cells[4].strip()).as(row).isNotEmpty();
        });
    }

    @Test
    void everyHoleWithANumberHasATestThatIsNamedAfterItUnlessItIsDue() throws IOException {
        Set<String> tested = new TreeSet<>();
        for (String folder : List.of("bundles", "itests")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    add(tested, CVE_TEST.matcher(Files.readString(file)));
                }
            }
        }
        Set<String> named = new TreeSet<>();
        Set<String> due = new TreeSet<>();
        for (String row : page()) {
            String[] cells = row.split("\\|", -1);
            if (cells.length == 6 && !row.matches("\\| \\d+ \\|.*")) {
                add(named, CVE.matcher(cells[2]));
                add(due, CVE.matcher(cells[4]));
            }
        }
        assertThat(named).isEqualTo(tested);
        assertThat(due).doesNotContainAnyElementsOf(tested);
        assertThat(named.size() + due.size()).isEqualTo(HOLES);
    }

    private static void add(Set<String> numbers, Matcher matcher) {
        while (matcher.find()) {
            numbers.add(matcher.group(1) + "-" + matcher.group(2));
        }
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/reference/security-requirements.md"));
    }
}
