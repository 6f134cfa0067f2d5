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
    private static final int REQUIREMENTS = 37;

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

    private static List<String> page() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/reference/security-requirements.md"));
    }
}
