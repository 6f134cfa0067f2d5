package io.freehold.automation.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.Secret;
import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Mail over TLS with signing in, to a real server on this machine whose certificate is trusted, or is not. */
class MailTlsTest {
    private static final String PASSWORD = "changeit";
    private static final String USER = "freehold";
    private static final Secret SECRET = Secret.of("canary-of-mail");

    @TempDir
    static Path folder;

    private final AlertHome home = new AlertHome("127.0.0.1");
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<SMTPServer> servers = new ArrayList<>();

    @BeforeAll
    static void trust() throws Exception {
        certificate("trusted.p12", "here", "ip:127.0.0.1");
        certificate("trusted.p12", "elsewhere", "dns:mail.example.org");
        certificate("stranger.p12", "here", "ip:127.0.0.1");
        System.setProperty(
                "javax.net.ssl.trustStore", folder.resolve("trusted.p12").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    @AfterAll
    static void trustAsBefore() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    @AfterEach
    void close() throws Exception {
        servers.forEach(SMTPServer::stop);
        home.close();
    }

    private static void certificate(String store, String alias, String name) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + alias,
                        "-ext",
                        "san=" + name,
                        "-validity",
                        "2",
                        "-keystore",
                        folder.resolve(store).toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }

    private static SSLContext tls(String store, String alias) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            all.load(in, PASSWORD.toCharArray());
        }
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private SMTPServer.Builder server() {
        return SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals(USER) || !password.equals(SECRET.reveal())) {
                        throw new LoginFailedException();
                    }
                }))
                .messageHandler((context, from, to, data) -> mails.add(from + " " + to));
    }

    private AlertChannel starttls(SSLContext context, String user) {
        return channel("smtp", server().enableTLS().requireTLS().startTlsSocketFactory(context), user);
    }

    private AlertChannel smtps(SSLContext context, String user) {
        return channel("smtps", server().serverSocketFactory(context), user);
    }

    private AlertChannel channel(String scheme, SMTPServer.Builder builder, String user) {
        SMTPServer server = builder.build();
        servers.add(server);
        server.start();
        return home.channels.create(
                home.caller,
                new AlertChannel.Settings(
                        "ops",
                        AlertChannel.Type.EMAIL,
                        scheme + "://127.0.0.1:" + server.getPortAllocated(),
                        user,
                        "freehold@example.org",
                        "ada@example.org",
                        EnumSet.allOf(AlertEvent.class)),
                SECRET);
    }

    private String test(AlertChannel channel) {
        return home.channels.test(home.caller, channel.id());
    }

    @Test
    void aMailIsSentAfterSigningInOverStartTls() throws Exception {
        assertThat(test(starttls(tls("trusted.p12", "here"), USER))).isEmpty();
        assertThat(mails).containsExactly("freehold@example.org ada@example.org");
    }

    @Test
    void aMailIsSentAfterSigningInOverTlsFromTheFirstByte() throws Exception {
        assertThat(test(smtps(tls("trusted.p12", "here"), USER))).isEmpty();
        assertThat(mails).containsExactly("freehold@example.org ada@example.org");
    }

    @Test
    void aWrongUserIsSaidAndNothingIsSent() throws Exception {
        assertThat(test(starttls(tls("trusted.p12", "here"), "mallory"))).contains("535");
        assertThat(test(smtps(tls("trusted.p12", "here"), "mallory"))).contains("535");
        assertThat(mails).isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        assertThat(test(starttls(tls("stranger.p12", "here"), USER)))
                .isNotEmpty()
                .doesNotContain("535");
        assertThat(test(smtps(tls("stranger.p12", "here"), USER))).isNotEmpty().doesNotContain("535");
        assertThat(mails).isEmpty();
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        assertThat(test(starttls(tls("trusted.p12", "elsewhere"), USER)))
                .isNotEmpty()
                .doesNotContain("535");
        assertThat(test(smtps(tls("trusted.p12", "elsewhere"), USER)))
                .isNotEmpty()
                .doesNotContain("535");
        assertThat(mails).isEmpty();
    }
}
