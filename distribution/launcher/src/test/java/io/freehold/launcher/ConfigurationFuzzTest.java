package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of settings is refused with a status and words for the operator, or every setting has a value. */
class ConfigurationFuzzTest {
    @TempDir
    static Path home;

    static Stream<byte[]> files() {
        return Stream.of(
                        "# comment\nhttp.port = 8080\nfeatures=rest, docker\ndata: /srv/x\\\n  /y\n",
                        "http.host=127.0.0.1\npublic.url=https://panel.example\nhttp.port=0x\n",
                        "data=\\u0000\n",
                        "public.url=//panel.example\n",
                        "proxy.trusted=10.0.0.0/8\nlog.level=debug\n\\uzzzz")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("files")
    @FuzzTest
    void fileIsRefusedForTheOperatorOrTaken(byte[] data) throws IOException {
        Files.write(Files.createDirectories(home.resolve("etc")).resolve("freehold.cfg"), data);
        Configuration configuration;
        try {
            configuration = Configuration.read(home, Map.of("FREEHOLD_HTTP_PORT", "1234"));
        } catch (LauncherException e) {
            assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(configuration.get(Setting.HTTP_PORT)).isEqualTo("1234");
        assertThat(configuration.properties()).hasSize(Setting.values().length);
        assertThat(configuration.data()).isAbsolute();
        assertThat(configuration.features()).startsWith("base").doesNotHaveDuplicates();
    }
}
