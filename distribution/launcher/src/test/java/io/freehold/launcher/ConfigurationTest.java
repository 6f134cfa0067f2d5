package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    @TempDir
    Path home;

    @BeforeEach
    void makeEtc() throws IOException {
        Files.createDirectory(home.resolve("etc"));
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        Configuration configuration = Configuration.read(home, Map.of());

        assertThat(configuration.get(Setting.HTTP_PORT)).isEqualTo("8080");
        assertThat(configuration.data()).isEqualTo(home.resolve("data"));
        assertThat(configuration.features()).containsExactly("base", "rest", "docker");
    }

    @Test
    void theFileSetsWhatTheEnvironmentDoesNot() throws IOException {
        file("http.port = 9000\nhttp.host=::1\n");

        Configuration configuration = Configuration.read(home, Map.of("FREEHOLD_HTTP_PORT", "9001", "PATH", "/bin"));

        assertThat(configuration.properties())
                .containsEntry("freehold.http.port", "9001")
                .containsEntry("freehold.http.host", "::1")
                .containsEntry("freehold.data", home.resolve("data").toString());
    }

    @Test
    void anUnknownKeyInTheFileIsNamed() throws IOException {
        file("http.prot = 9000\n");

        refused(Map.of(), "etc/freehold.cfg: unknown setting 'http.prot'");
    }

    @Test
    void aValueWithACharacterThatNoPathHasIsRefused() throws IOException {
        file("data = x\\u0000y\n");

        refused(Map.of(), "etc/freehold.cfg: data must not contain the character NUL");
    }

    @Test
    void anUnknownVariableIsNamedWithTheOneThatWasMeant() {
        refused(Map.of("FREEHOLD_HTTPPORT", "1"), "FREEHOLD_HTTPPORT");
        refused(Map.of("FREEHOLD_HTTPPORT", "1"), "is FREEHOLD_HTTP_PORT meant?");
    }

    @Test
    void whatContainerPlatformsAddForAServiceNamedFreeholdIsNoSetting() {
        Map<String, String> environment = Map.of(
                "FREEHOLD_SERVICE_HOST", "10.0.0.1",
                "FREEHOLD_PORT", "tcp://10.0.0.1:8080",
                "FREEHOLD_PORT_8080_TCP_ADDR", "10.0.0.1",
                "FREEHOLD_JAVA_OPTS", "-Xmx1g");

        assertThat(Configuration.read(home, environment).get(Setting.HTTP_PORT)).isEqualTo("8080");
    }

    @ParameterizedTest
    @CsvSource({
        "FREEHOLD_HTTP_PORT, 65536",
        "FREEHOLD_HTTP_PORT, eighty",
        "FREEHOLD_HTTP_PORT, -1",
        "FREEHOLD_HTTP_HOST, ''",
        "FREEHOLD_HTTPS_PORT, 65536",
        "FREEHOLD_PROXY_HEADERS, x-real-ip",
        "FREEHOLD_RATE_LIMIT_REQUESTS, -1",
        "FREEHOLD_RATE_LIMIT_ANONYMOUS, many",
        "FREEHOLD_PLUGIN_TIMEOUT, soon",
        "FREEHOLD_ALLOW_ROOT, perhaps",
        "FREEHOLD_LOG_LEVEL, loud",
        "FREEHOLD_PUBLIC_URL, freehold.example.org",
        "FREEHOLD_PUBLIC_URL, http://a b",
        "FREEHOLD_PUBLIC_URL, //panel.example",
        "FREEHOLD_DATABASE_URL, mysql://db",
    })
    void aWrongValueIsRefusedNamingTheVariable(String variable, String value) {
        refused(Map.of(variable, value), variable + " must ");
    }

    @ParameterizedTest
    @CsvSource({
        "FREEHOLD_HTTP_PORT, 0",
        "FREEHOLD_ALLOW_ROOT, true",
        "FREEHOLD_LOG_LEVEL, DEBUG",
        "FREEHOLD_PUBLIC_URL, https://freehold.example.org",
        "FREEHOLD_DATABASE_URL, postgresql://u:p@db/freehold",
        "FREEHOLD_DATABASE_URL, ''",
        "FREEHOLD_HTTPS_PORT, ''",
        "FREEHOLD_HTTPS_PORT, 8443",
        "FREEHOLD_TLS_KEYSTORE_PASSWORD, s3cret",
        "FREEHOLD_CORS_ORIGINS, https://panel.example",
        "FREEHOLD_RATE_LIMIT_REQUESTS, 0",
    })
    void aRightValueIsTaken(String variable, String value) {
        assertThat(Configuration.read(home, Map.of(variable, value)).properties())
                .containsValue(value);
    }

    @Test
    void noStarStandsForAllOrigins() {
        refused(Map.of("FREEHOLD_CORS_ORIGINS", "*"), "FREEHOLD_CORS_ORIGINS lists origins one by one");
    }

    @Test
    void theBaseFeatureIsAlwaysOnAndEachFeatureNamedOnce() {
        Configuration configuration = Configuration.read(home, Map.of("FREEHOLD_FEATURES", " Rest, rest,,base"));

        assertThat(configuration.features()).containsExactly("base", "rest");
    }

    private void refused(Map<String, String> environment, String message) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Configuration.read(home, environment))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.USAGE))
                .satisfies(refusal -> assertThat(refusal.line()).doesNotContain("\n"));
    }

    private void file(String text) throws IOException {
        Files.writeString(home.resolve("etc/freehold.cfg"), text);
    }
}
