package io.freehold.provider.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.TestCertificates;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and keys in PEM make TLS, or are refused as invalid, naming the field. */
class PemTlsFuzzTest {
    @TempDir
    static Path folder;

    private static TestCertificates certificates;

    static Stream<Arguments> texts() throws Exception {
        certificates = TestCertificates.in(folder);
        String pem = certificates.certificate("client");
        return Stream.of(
                Arguments.of(pem, pem, certificates.key("client")),
                Arguments.of(pem, pem, certificates.key("engine")),
                Arguments.of(pem, pem, "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----"),
                Arguments.of("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----", pem, ""));
    }

    @MethodSource("texts")
    @FuzzTest
    void pemMakesTlsOrNamesTheWrongField(@NotNull String authority, @NotNull String certificate, @NotNull String key) {
        try {
            PemTls.context(authority, certificate, Secret.of(key));
        } catch (ProviderException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.field()).isPresent();
        }
    }
}
