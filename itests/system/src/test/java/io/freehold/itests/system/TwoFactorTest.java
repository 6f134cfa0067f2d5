package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who signs in with an authenticator app. */
class TwoFactorTest extends FreeholdTest {
    private static final String TOTP = "/api/v1/auth/totp";

    private AuthenticatorApp app;
    private JsonNode recoveryCodes;

    @BeforeEach
    void enrol() throws Exception {
        Answer enrolment = ada.post(TOTP, Map.of());
        assertThat(enrolment.status()).as(enrolment.text()).isEqualTo(200);
        assertThat(enrolment.get("otpauthUri")).startsWith("otpauth://totp/").contains(enrolment.get("secret"));
        app = new AuthenticatorApp(enrolment.get("secret"));
        assertThat(confirm("000000").status()).isEqualTo(422);
        assertThat(login(Client.PASSWORD, null).status())
                .as("not confirmed yet")
                .isEqualTo(200);
        Answer confirmed = confirm(app.code(0));
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        recoveryCodes = confirmed.json().get("recoveryCodes");
        assertThat(recoveryCodes).hasSize(10);
    }

    private Answer confirm(String code) {
        return ada.send(ada.request(TOTP)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Answer.text(Map.of("code", code)))));
    }

    private Answer login(String password, String code) {
        Map<String, String> body = new HashMap<>(Map.of("username", Client.ADMIN, "password", password));
        if (code != null) {
            body.put("totp", code);
        }
        return freehold.anonymous().post("/api/v1/auth/login", body);
    }

    /** What a refusal says to a stranger: all but the number of the request. */
    private static JsonNode said(Answer refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(401);
        JsonNode body = refused.json();
        ((ObjectNode) body).remove("requestId");
        return body;
    }

    @Test
    void signingInTakesACodeThatIsGoodOnce() throws Exception {
        assertThat(said(login(Client.PASSWORD, null)).path("code").asText()).isEqualTo("TOTP_REQUIRED");
        JsonNode wrongPassword = said(login("not the right passphrase", app.code(1)));
        assertThat(said(login(Client.PASSWORD, "000000"))).isEqualTo(wrongPassword);
        assertThat(wrongPassword.path("code").asText()).isEqualTo("BAD_CREDENTIALS");

        Answer in = login(Client.PASSWORD, app.code(1));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(said(login(Client.PASSWORD, app.code(1)))).isEqualTo(wrongPassword);

        String recovery = recoveryCodes.get(0).asText();
        assertThat(login(Client.PASSWORD, recovery).status()).isEqualTo(200);
        assertThat(said(login(Client.PASSWORD, recovery))).isEqualTo(wrongPassword);
        assertThat(ada.get(TOTP).json().path("recoveryCodes").asInt()).isEqualTo(9);
    }

    @Test
    void aFactorThatIsRemovedIsAskedForNoMore() throws Exception {
        Answer refused = remove(Map.of());
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(remove(Map.of("code", app.code(1))).status()).isEqualTo(204);
        assertThat(login(Client.PASSWORD, null).status()).isEqualTo(200);
    }

    private Answer remove(Map<String, String> body) {
        return ada.send(ada.request(TOTP)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(Answer.text(body))));
    }
}
