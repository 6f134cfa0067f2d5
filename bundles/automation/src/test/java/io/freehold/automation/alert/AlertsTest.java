package io.freehold.automation.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.Violation;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import io.freehold.api.storage.Sql;
import io.freehold.automation.delivery.Delivery;
import io.freehold.automation.delivery.Targets;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts from the audit entry to a real web server and a real mail server on this machine. */
class AlertsTest {
    private static final Secret KEY = Secret.of("canary-of-sixteen");

    private final AlertHome home = new AlertHome("127.0.0.1");
    private Web web;

    @BeforeEach
    void open() throws Exception {
        web = new Web();
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        home.close();
    }

    private static AlertChannel.Settings settings(AlertChannel.Type type, String url) {
        boolean mail = type == AlertChannel.Type.EMAIL;
        return new AlertChannel.Settings(
                "ops",
                type,
                url,
                "",
                mail ? "freehold@example.org" : "",
                mail ? "ada@example.org, bob@example.org" : "",
                EnumSet.allOf(AlertEvent.class));
    }

    private AlertChannel add(AlertChannel.Type type, String url, @Nullable Secret secret) {
        return home.channels.create(home.caller, settings(type, url), secret);
    }

    private static AuditEntry replay() {
        return AlertHome.entry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                "user:1",
                "auth.replay",
                "sessions/9",
                Outcome.DENIED,
                "198.51.100.7",
                "session ended");
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GreenMail mailServer(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(20_000);
        return new GreenMail(setup);
    }

    @Test
    void aWebhookGetsASignedCloudEvent() throws Exception {
        add(AlertChannel.Type.WEBHOOK, web.url("/hook?x=1"), KEY);
        home.alerts.recorded(replay());
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 1);

        Web.Request request = web.requests.get(0);
        assertThat(request.path()).isEqualTo("/hook?x=1");
        assertThat(request.headers().getFirst("Content-Type")).startsWith("application/cloudevents+json");
        JsonNode event = new ObjectMapper().readTree(request.body());
        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("type").asText()).isEqualTo("io.freehold.alert.token-replay");
        assertThat(event.at("/data/resource").asText()).isEqualTo("sessions/9");
        assertThat(event.at("/data/address").asText()).isEqualTo("198.51.100.7");
        String[] signature = request.headers().getFirst("Freehold-Signature").split("[=,]", -1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(signature[3])
                .isEqualTo(HexFormat.of()
                        .formatHex(
                                mac.doFinal((signature[1] + "." + request.body()).getBytes(StandardCharsets.UTF_8))));
        assertThat(request.body()).doesNotContain("canary");
    }

    @Test
    void cve2025x14700WhatSomebodyWroteIsNoTemplateAndNoMoreThanAValue() throws Exception {
        String written = "{{7*7}} ${jndi:ldap://127.0.0.1/x} <%= 7*7 %> #{7*7} \",\"type\":\"x";
        add(AlertChannel.Type.WEBHOOK, web.url("/hook"), KEY);
        home.alerts.recorded(AlertHome.entry(
                Instant.now(), "user:1", "auth.replay", "sessions/9", Outcome.DENIED, "198.51.100.7", written));
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 1);

        JsonNode event = new ObjectMapper().readTree(web.requests.get(0).body());
        assertThat(event.at("/data/detail").asText()).isEqualTo(written);
        assertThat(event.get("type").asText()).isEqualTo("io.freehold.alert.token-replay");
    }

    @Test
    void ntfyGetsAMessage() {
        add(AlertChannel.Type.NTFY, web.url("/topic"), Secret.of("tk_token"));
        home.alerts.recorded(replay());
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 1);
        assertThat(web.requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer tk_token");
        assertThat(web.requests.get(0).headers().getFirst("Title")).contains("used twice");
        assertThat(web.requests.get(0).body()).contains("from: 198.51.100.7", "on: sessions/9");
    }

    @Test
    void aMailGoesToEveryRecipient() throws Exception {
        GreenMail mails = mailServer(ServerSetup.PROTOCOL_SMTP);
        mails.start();
        try {
            AlertChannel channel = add(
                    AlertChannel.Type.EMAIL,
                    "smtp://127.0.0.1:" + mails.getSmtp().getPort(),
                    null);
            assertThat(home.channels.test(home.caller, channel.id())).isEmpty();
            assertThat(mails.getReceivedMessages()).hasSize(2);
            home.alerts.recorded(replay());
            await().atMost(Duration.ofSeconds(10)).until(() -> mails.getReceivedMessages().length == 4);
            MimeMessage mail = Arrays.stream(mails.getReceivedMessages())
                    .filter(one -> subject(one).contains("used twice"))
                    .findFirst()
                    .orElseThrow();
            assertThat(mail.getHeader("From")).containsExactly("Freehold <freehold@example.org>");
            String text =
                    new String(Base64.getMimeDecoder().decode(GreenMailUtil.getBody(mail)), StandardCharsets.UTF_8);
            assertThat(text).contains("from: 198.51.100.7");
        } finally {
            mails.stop();
        }
    }

    @Test
    void aMailServerWithoutTlsGetsNoPassword() {
        GreenMail mails = mailServer(ServerSetup.PROTOCOL_SMTP);
        mails.start();
        try {
            AlertChannel.Settings plain = settings(
                    AlertChannel.Type.EMAIL,
                    "smtp://127.0.0.1:" + mails.getSmtp().getPort());
            AlertChannel channel = home.channels.create(
                    home.caller,
                    new AlertChannel.Settings(
                            plain.name(), plain.type(), plain.url(), "ada", plain.from(), plain.to(), plain.events()),
                    KEY);
            assertThat(home.channels.test(home.caller, channel.id())).contains("TLS");
            assertThat(mails.getReceivedMessages()).isEmpty();
        } finally {
            mails.stop();
        }
    }

    @Test
    void aMailServerWhoseCertificateNobodyTrustsIsRefused() {
        GreenMail mails = mailServer(ServerSetup.PROTOCOL_SMTPS);
        mails.start();
        try {
            AlertChannel channel = add(
                    AlertChannel.Type.EMAIL,
                    "smtps://127.0.0.1:" + mails.getSmtps().getPort(),
                    KEY);
            assertThat(home.channels.test(home.caller, channel.id())).isNotEmpty();
            assertThat(mails.getReceivedMessages()).isEmpty();
        } finally {
            mails.stop();
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainWithTheSameId() throws Exception {
        web.failures.set(2);
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
        home.alerts.recorded(replay());
        await().atMost(Duration.ofSeconds(20)).until(() -> web.requests.size() == 3);
        assertThat(web.requests.stream().map(Web.Request::body).distinct()).hasSize(1);
        await().until(() ->
                home.channels.get(home.caller, channel.id()).problem().isEmpty());
        assertThat(home.channels.get(home.caller, channel.id()).deliveredAt()).isNotNull();
    }

    @Test
    void whatWasNotDeliveredBeforeAStopIsDeliveredAfterTheStart() throws Exception {
        web.failures.set(1);
        add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
        home.alerts.recorded(replay());
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 1 && home.waiting() == 1);
        home.restart();
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 2 && home.waiting() == 0);
        assertThat(web.requests.get(1).body()).isEqualTo(web.requests.get(0).body());
        home.restart();
        await().during(Duration.ofMillis(500)).until(() -> web.requests.size() == 2);
    }

    @Test
    void whatIsStillInTheQueueWhenFreeholdStopsIsStored() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            for (int i = 0; i < 12; i++) {
                add(AlertChannel.Type.WEBHOOK, "http://127.0.0.1:" + silent.getLocalPort() + "/", null);
            }
            home.alerts.recorded(replay());
            home.outbox.close();
            assertThat(home.waiting()).isEqualTo(12);
        }
    }

    @Test
    void withoutADatabaseAlertsAreStillDelivered() {
        add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
        home.database.write(connection -> Sql.update(connection, "DROP TABLE automation_alert_waiting"));
        home.alerts.recorded(replay());
        await().atMost(Duration.ofSeconds(10)).until(() -> web.requests.size() == 1);
    }

    @Test
    void aChannelThatHangsHoldsUpNeitherTheOthersNorTheCause() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            add(AlertChannel.Type.WEBHOOK, "http://127.0.0.1:" + silent.getLocalPort() + "/", null);
            add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
            long begin = System.nanoTime();
            home.alerts.recorded(replay());
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            await().atMost(Duration.ofSeconds(5)).until(() -> web.requests.size() == 1);
        }
    }

    @Test
    void aChannelThatHangsHoldsUpNoOthersHoweverManyAlertsThereAre() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            add(AlertChannel.Type.WEBHOOK, "http://127.0.0.1:" + silent.getLocalPort() + "/", null);
            add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
            for (int i = 0; i < 20; i++) {
                home.alerts.recorded(AlertHome.entry(
                        Instant.now(), "user:1", "role.update", "roles/" + i, Outcome.SUCCESS, "local", ""));
            }
            await().atMost(Duration.ofSeconds(9)).until(() -> web.requests.size() == 20);
        }
    }

    @Test
    void privateTargetsAreRefusedUnlessTheSettingNamesThem() throws Exception {
        try (AlertHome strict = new AlertHome()) {
            for (String url : new String[] {
                web.url("/hook"),
                web.url("/hook").replace("127.0.0.1", "localhost"),
                web.url("/hook").replace("127.0.0.1", "[::ffff:127.0.0.1]"),
                "http://10.0.0.1/",
                "http://169.254.169.254/latest",
                "http://[fd00::1]/",
                "http://0.0.0.0/"
            }) {
                AlertChannel channel =
                        strict.channels.create(strict.caller, settings(AlertChannel.Type.WEBHOOK, url), null);
                assertThat(strict.channels.test(strict.caller, channel.id()))
                        .as(url)
                        .contains("private");
            }
        }
        assertThat(web.requests).isEmpty();
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() {
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/moved"), null);
        assertThat(home.channels.test(home.caller, channel.id())).contains("302, a redirect");
        assertThat(web.requests).hasSize(1);
        assertThat(home.channels.get(home.caller, channel.id()).problem()).contains("redirect");
    }

    @Test
    void aChangeThatIsBasedOnWhatIsNoMoreIsRefused() {
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/hook"), KEY);
        AlertChannel.Settings other = settings(AlertChannel.Type.WEBHOOK, web.url("/other"));
        assertThat(channel.version()).isEqualTo(1);
        assertThat(home.channels
                        .update(home.caller, channel.id(), other, null, 1)
                        .version())
                .isEqualTo(2);
        for (long stale : new long[] {0, 1, 3}) {
            assertThatThrownBy(() -> home.channels.update(home.caller, channel.id(), other, null, stale))
                    .isInstanceOfSatisfying(FreeholdException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(ErrorCode.STALE));
        }
        // Behind the back of what is in memory, as another Freehold would.
        home.database.write(connection -> Sql.update(connection, "UPDATE automation_alert_channel SET version = 7"));
        assertThatThrownBy(() -> home.channels.update(home.caller, channel.id(), other, null, 2))
                .isInstanceOfSatisfying(FreeholdException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.STALE));
    }

    @Test
    void changesAreRecordedOrDoNotHappen() {
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/hook"), KEY);
        home.channels.update(home.caller, channel.id(), settings(AlertChannel.Type.WEBHOOK, web.url("/hook")), null, 1);
        assertThat(home.channels.get(home.caller, channel.id()).hasSecret()).isTrue();
        home.channels.update(
                home.caller, channel.id(), settings(AlertChannel.Type.WEBHOOK, web.url("/other")), null, 2);
        assertThat(home.channels.get(home.caller, channel.id()).hasSecret())
                .as("a secret does not go to another address by itself")
                .isFalse();
        home.channels.test(home.caller, channel.id());
        home.channels.delete(home.caller, channel.id());
        assertThat(home.audit.entries)
                .containsExactly(
                        "alert-channel.create SUCCESS WEBHOOK 'ops'",
                        "alert-channel.update SUCCESS WEBHOOK 'ops'",
                        "alert-channel.update SUCCESS WEBHOOK 'ops'",
                        "alert-channel.test INTENT ",
                        "alert-channel.test SUCCESS ",
                        "alert-channel.delete SUCCESS 'ops'");
        home.audit.full = true;
        assertThatThrownBy(() -> add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null))
                .isInstanceOf(FreeholdException.class);
        assertThat(home.channels.list(home.caller)).isEmpty();
    }

    @Test
    void whatAnotherWriteOfTheSameCommitDidCounts() {
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/hook"), KEY);
        AlertChannel.Settings settings = settings(AlertChannel.Type.WEBHOOK, web.url("/hook"));
        home.database.grouping = true;
        home.channels.delete(home.caller, channel.id());
        assertThatThrownBy(() -> home.channels.update(home.caller, channel.id(), settings, null, 1))
                .isInstanceOfSatisfying(
                        FreeholdException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        for (int i = 0; i < 20; i++) {
            add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
        }
        assertThatThrownBy(() -> add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null))
                .isInstanceOfSatisfying(
                        FreeholdException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void aTestThatFailsForTheSecretHasAnOutcome() {
        AlertChannel channel = add(AlertChannel.Type.WEBHOOK, web.url("/hook"), KEY);
        home.secrets.lost = true;
        assertThat(home.channels.test(home.caller, channel.id())).contains("was moved");
        assertThat(home.audit.entries).last().asString().startsWith("alert-channel.test FAILURE");
    }

    @Test
    void channelsOutliveARestartAndTheirSecretsAreSealed() throws Exception {
        AlertChannel channel = add(AlertChannel.Type.NTFY, web.url("/topic"), KEY);
        ChannelBook again = new ChannelBook(
                home.database,
                home.secrets,
                new Delivery(new Targets(Set.of("127.0.0.1")), Clock.systemUTC()),
                Clock.systemUTC());
        assertThat(again.all()).hasSize(1);
        assertThat(again.find(channel.id()).orElseThrow().settings()).isEqualTo(channel.settings());
        assertThat(again.find(channel.id()).orElseThrow().sealed()).doesNotContain("canary");
    }

    @Test
    void whatIsWrongWithAChannelIsNamed() {
        AlertChannel.Settings bad = new AlertChannel.Settings(
                "a\nb", AlertChannel.Type.EMAIL, "http://example.org", "", "me\r\nBcc: you@x.org", "x", Set.of());
        assertThatThrownBy(() -> home.channels.create(home.caller, bad, Secret.of("two\nlines")))
                .isInstanceOfSatisfying(FreeholdException.class, e -> assertThat(e.violations())
                        .extracting(Violation::field)
                        .contains("name", "url", "events", "from", "to", "secret"));
        AlertChannel.Settings twoLines = new AlertChannel.Settings(
                "mail",
                AlertChannel.Type.EMAIL,
                "smtps://mail.example",
                "",
                "a@example.org",
                "b@example.org,\r\nc@example.org",
                Set.of(AlertEvent.values()));
        assertThatThrownBy(() -> home.channels.create(home.caller, twoLines, null))
                .hasMessageContaining("must be mail addresses");
        assertThatThrownBy(() -> add(AlertChannel.Type.WEBHOOK, "http://user:pass@example.org/", null))
                .hasMessageContaining("url");
        assertThatThrownBy(() -> add(AlertChannel.Type.WEBHOOK, "https://example.org/", Secret.of("short")))
                .hasMessageContaining("secret");
    }

    @Test
    void whoMayNotIsRefused() {
        home.permitted = false;
        assertThatThrownBy(() -> home.channels.list(home.caller))
                .isInstanceOfSatisfying(
                        FreeholdException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
        assertThatThrownBy(() -> add(AlertChannel.Type.WEBHOOK, web.url("/"), null))
                .isInstanceOf(FreeholdException.class);
    }

    @Test
    void aFloodIsCutOff() {
        add(AlertChannel.Type.WEBHOOK, web.url("/hook"), null);
        for (int i = 0; i < 100; i++) {
            home.alerts.recorded(AlertHome.entry(
                    Instant.now(), "user:1", "role.update", "roles/" + i, Outcome.SUCCESS, "local", ""));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> web.requests.size() == 20);
        await().during(Duration.ofSeconds(1)).until(() -> web.requests.size() == 20);
    }
}
