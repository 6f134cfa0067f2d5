package io.freehold.rest.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of certificates and keys are taken, or refused as invalid, naming the file. */
class CertificateFilesFuzzTest {
    @TempDir
    static Path folder;

    static Stream<byte[]> files() throws Exception {
        SelfSigned made = SelfSigned.make(
                Set.of("panel.example"), Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-09T00:00:00Z"));
        String pem = made.certificate() + made.key();
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        Path file = write(pem.getBytes(US_ASCII));
        new PemFiles(file, file).load().keyStore().store(store, new char[0]);
        return Stream.of(
                pem.getBytes(US_ASCII),
                store.toByteArray(),
                pem.replace("PRIVATE KEY", "EC PRIVATE KEY").getBytes(US_ASCII),
                "-----BEGIN PRIVATE KEY-----\nA: b\n\nMAA*\n-----END PRIVATE KEY-----".getBytes(US_ASCII));
    }

    @MethodSource("files")
    @FuzzTest
    void fileIsTakenOrRefusedByName(byte[] data) throws IOException {
        Path file = write(data);
        for (CertificateSource source :
                new CertificateSource[] {new PemFiles(file, file), new KeyStoreFile(file, Secret.of(""), null)}) {
            try {
                assertThat(source.load().chain()).isNotEmpty();
            } catch (FreeholdException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
                assertThat(e).hasMessageContaining(file.toString());
            }
        }
    }

    private static Path write(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("file"), data);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
