package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.security.Credential;
import io.freehold.rest.idempotency.IdempotencyKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials, types and keys in headers are read as they stand there, or refused; the token of a cookie is all of it. */
class HeadersFuzzTest {
    @CsvSource({
        "freehold=a.b.c; x=y, a.b.c",
        "freehold=a; freehold=b, freehold",
        "Bearer a.b.c, bearer  x ",
        "application/json; charset=\"UTF-8\", key-1",
        "application/java-archive;charset=latin1, ''"
    })
    @FuzzTest
    void headerIsReadAsItStandsOrRefused(@NotNull String header, @NotNull String token) {
        for (boolean secure : new boolean[] {true, false}) {
            Optional<Secret> found = access(List.of(header), secure);
            found.ifPresent(secret -> assertThat(header).contains("freehold=" + secret.reveal()));
        }
        if (token.matches("[\\x21-\\x7e&&[^;,\"\\\\]]+")) {
            String set = Cookies.set(Secret.of(token), Secret.of("r"), false).get(0);
            assertThat(access(List.of(set.split(";", 2)[0]), false)).contains(Secret.of(token));
            assertThat(bearer(List.of("Bearer " + token))).isEqualTo(new Credential.Bearer(Secret.of(token)));
        }
        bearer(List.of(header));
        assertThat(bearer(List.of(header, token))).isNull();
        if (Bodies.isOf(Bodies.Kind.JSON, header)) {
            assertThat(header.strip().toLowerCase(Locale.ROOT)).startsWith("application/json");
            assertThat(Bodies.isOf(Bodies.Kind.JAR, header)).isFalse();
        }
        try {
            assertThat(IdempotencyKey.of(token)).isEqualTo(token).matches("[!-~]{1,200}");
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
        }
    }

    private static Optional<Secret> access(List<String> headers, boolean secure) {
        try {
            return Cookies.access(headers, secure);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            return Optional.empty();
        }
    }

    private static Credential bearer(List<String> given) {
        try {
            return CredentialGate.bearer(given);
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            return null;
        }
    }
}
