package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Whose plugins are taken over HTTP. */
class PublishersTest extends PluginTest {
    private static final String HELLO = "org.example.hello";

    private void refused(Path jar, String... why) throws IOException {
        Answer answer = upload(jar);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.text()).contains(why);
        JsonNode recorded = ada.items("/api/v1/audit").get(0);
        assertThat(recorded.path("action").asText()).matches("plugin\\.(install|update)");
        assertThat(recorded.path("outcome").asText()).isEqualTo("FAILURE");
    }

    @Test
    void anAuthorityVouchesForThoseWhoseCertificateIsForCodeSigning() throws Exception {
        us.key("authority", "-validity", "9", "-ext", "bc:c");
        us.key("coder", "-signer", "authority", "-ext", "eku=codeSigning");
        us.key("server", "-signer", "authority", "-ext", "eku=serverAuth");
        us.key("anything", "-signer", "authority");
        us.key("stranger", "-ext", "eku=codeSigning");
        us.exportCertificate("authority", trusted.resolve("other.pem"));

        Answer taken = upload(us.signed("coder.jar", plugin(HELLO, "1.0.0"), "coder"));
        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        assertThat(taken.get("publisher")).isEqualTo("other");
        refused(us.signed("server.jar", plugin(HELLO, "1.1.0"), "server"), "CN=server", "not for code signing");
        refused(us.signed("anything.jar", plugin(HELLO, "1.1.0"), "anything"), "not for code signing");
        refused(us.signed("stranger.jar", plugin(HELLO, "1.1.0"), "stranger"), "CN=stranger", "no certificate");
        assertThat(ada.get("/api/v1/plugins/" + HELLO).get("version")).isEqualTo("1.0.0");
    }

    @Test
    void anExpiredCertificateIsRefusedWithTheDayOnWhichItExpired() throws Exception {
        us.key("old", "-startdate", "2020/01/01 00:00:00", "-validity", "30");
        us.exportCertificate("old", trusted.resolve("other.pem"));
        refused(us.signed("old.jar", plugin(HELLO, "1.0.0"), "old"), "CN=old", "expired at 2020-01-31", "ask other");

        us.key("past", "-startdate", "2020/01/01 00:00:00", "-validity", "30", "-ext", "bc:c");
        us.key("heir", "-signer", "past", "-ext", "eku=codeSigning");
        us.exportCertificate("past", trusted.resolve("other.pem"));
        refused(us.signed("heir.jar", plugin(HELLO, "1.0.0"), "heir"), "CN=past", "expired at 2020-01-31");
    }

    @Test
    void whatIsRevokedIsRefusedWhicheverWayItIsListed() throws Exception {
        Path first = us.signed("first.jar", plugin(HELLO, "1.0.0"));
        Path second = us.signed("second.jar", plugin(HELLO, "1.1.0"));
        assertThat(upload(first).status()).isEqualTo(201);
        assertThat(act(HELLO, "enable").status()).isEqualTo(200);

        revoke(HELLO + " 1.1.0 # a hole");
        refused(second, "revoked");
        revoke(sha256(Files.readAllBytes(second)));
        refused(second, "revoked");
        assertThat(ada.get("/api/v1/plugins/" + HELLO).get("version")).isEqualTo("1.0.0");
        assertThat(awaitPlugin(HELLO, "ACTIVE").path("problem").asText()).contains("1.1.0 was refused", "revoked");

        try (var pem = Files.newInputStream(trusted.resolve("us.pem"))) {
            revoke(sha256(CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded()));
        }
        refused(second, "revoked");
        assertThat(ada.get("/api/v1/plugins/" + HELLO).get("state")).isEqualTo("ACTIVE");
        restart();
        assertThat(awaitPlugin(HELLO, "FAILED").path("problem").asText()).contains("revoked");
        Files.delete(trusted.resolve("revoked"));
        assertThat(act(HELLO, "enable").status()).isEqualTo(200);
    }

    @Test
    void whatWasChangedAfterSigningIsRefusedAndTheVersionBeforeGoesOn() throws Exception {
        assertThat(upload(us.signed("first.jar", plugin(HELLO, "1.0.0"))).status())
                .isEqualTo(201);
        assertThat(act(HELLO, "enable").status()).isEqualTo(200);
        Path changed = us.signed("second.jar", plugin(HELLO, "1.1.0"));
        TestPlugin.change(changed, "greeting.txt", "Bye.");

        refused(changed, "changed after it was signed");
        Answer put = ada.upload("PUT", "/api/v1/plugins/" + HELLO, changed);
        assertThat(put.status()).isEqualTo(422);
        assertThat(put.text()).contains("changed after it was signed");
        assertThat(awaitPlugin(HELLO, "ACTIVE").path("version").asText()).isEqualTo("1.0.0");
        assertThat(freehold.command("bundle", "why", HELLO).text()).contains("runs");
    }

    private void revoke(String line) throws IOException {
        Files.writeString(trusted.resolve("revoked"), line + "\n");
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
