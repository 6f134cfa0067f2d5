package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.launcher.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {
    @TempDir
    Path home;

    private List<String> failures(Map<String, String> environment) {
        return Network.examine(Configuration.read(home, environment)).stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.FAIL)
                .map(Finding::text)
                .toList();
    }

    @Test
    void theDefaultsAreSound() {
        assertThat(failures(Map.of())).isEmpty();
    }

    @Test
    void plainHttpThatOthersReachTakesAProxy() {
        assertThat(failures(Map.of("FREEHOLD_HTTP_HOST", "0.0.0.0")))
                .containsExactly("plain HTTP is bound to 0.0.0.0, where others can read passwords and tokens");
        assertThat(failures(Map.of("FREEHOLD_HTTP_HOST", "0.0.0.0", "FREEHOLD_PROXY_TRUSTED", "10.0.0.5")))
                .isEmpty();
        assertThat(failures(Map.of("FREEHOLD_HTTP_HOST", "no.such.host.invalid")))
                .singleElement()
                .asString()
                .contains("no address of this machine");
    }

    private List<String> notes(Map<String, String> environment) {
        return Network.examine(Configuration.read(home, environment)).stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.NOTE)
                .map(Finding::text)
                .toList();
    }

    @Test
    void noTlsIsANoteWhereOthersReachFreehold() {
        assertThat(notes(Map.of())).isEmpty();
        assertThat(notes(Map.of("FREEHOLD_HTTP_HOST", "0.0.0.0", "FREEHOLD_PROXY_TRUSTED", "10.0.0.5")))
                .containsExactly("TLS is off, and Freehold listens beyond this machine");
        assertThat(notes(Map.of("FREEHOLD_HTTP_HOST", "0.0.0.0", "FREEHOLD_HTTPS_PORT", "8443")))
                .isEmpty();
    }

    @Test
    void limitsThatAreOffAreNamed() {
        assertThat(notes(Map.of("FREEHOLD_RATE_LIMIT_REQUESTS", "0", "FREEHOLD_RATE_LIMIT_ANONYMOUS", "0")))
                .hasSize(2)
                .allMatch(note -> note.startsWith("rate.limit.") && note.contains("is 0"));
    }

    @Test
    void aKeyThatEverybodyCanReadIsFound() throws IOException {
        Path key = Files.writeString(home.resolve("key.pem"), "");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> settings = Map.of("FREEHOLD_HTTPS_PORT", "8443", "FREEHOLD_TLS_KEY", key.toString());
        assertThat(failures(settings)).singleElement().asString().startsWith("everybody can look into");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(failures(settings)).isEmpty();
        Files.delete(key);
        assertThat(failures(settings)).singleElement().asString().contains("cannot be looked at");
    }

    @Test
    void pagesThatComeOverPlainHttpAreFound() {
        assertThat(failures(Map.of("FREEHOLD_CORS_ORIGINS", "https://a.example")))
                .isEmpty();
        assertThat(failures(Map.of("FREEHOLD_CORS_ORIGINS", "http://a.example")))
                .hasSize(1);
    }
}
