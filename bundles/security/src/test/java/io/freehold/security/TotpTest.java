package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.TotpService.Enrolment;
import io.freehold.api.security.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TotpTest extends HomeTest {
    private static final Duration STEP = Duration.ofSeconds(30);

    private User user;
    private Caller ada;
    private Secret seed;
    private List<Secret> recovery;

    @BeforeEach
    void enrol() {
        user = home.user("ada", Role.USER);
        ada = home.signIn("ada");
        Enrolment enrolment = totp().enrol(ada);
        seed = enrolment.secret();
        assertThat(enrolment.uri().reveal())
                .startsWith("otpauth://totp/Freehold:ada?secret=" + seed.reveal() + "&issuer=Freehold");
        home.tokens("ada");
        recovery = totp().confirm(ada, code(0));
    }

    @Test
    void theAccessReviewSaysWhoHasASecondFactor() {
        home.user("bob", Role.USER);
        AccessReview.Query all = new AccessReview.Query(null, null, null, PageRequest.first());
        assertThat(home.security().rbac().review().list(home.owner(), all).items())
                .filteredOn(AccessReview.Entry::secondFactor)
                .extracting(AccessReview.Entry::name)
                .containsExactly("ada");
    }

    private TotpService totp() {
        return home.security().totp();
    }

    /** The code of some steps of time from now. */
    private Secret code(int steps) {
        return code(seed, home.clock.instant().plus(STEP.multipliedBy(steps)));
    }

    /** The code that an app shows at that time. */
    static Secret code(Secret seed, Instant at) {
        try {
            return Secret.of(new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(
                                    Base32.decode(seed.reveal().getBytes(StandardCharsets.US_ASCII)), "HmacSHA1"),
                            at));
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private Tokens login(Secret password, Secret code) {
        return home.security().sessions().login("ada", password, code, Home.HERE);
    }

    @Test
    void signingInTakesACodeThatIsGoodOnceAlsoAfterARestart() {
        assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED, "TOTP_REQUIRED");
        assertRefused(() -> login(Home.PASSWORD, code(0)), ErrorCode.UNAUTHENTICATED, "BAD_CREDENTIALS");
        home.clock.pass(STEP);
        Secret good = code(0);
        login(Home.PASSWORD, good);
        assertRefused(() -> login(Home.PASSWORD, good), ErrorCode.UNAUTHENTICATED);
        home.restart();
        assertRefused(() -> login(Home.PASSWORD, good), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void ofParallelUsesOfACodeOneWins() throws InterruptedException {
        home.clock.pass(STEP);
        Secret good = code(0);
        assertThat(AtOnce.run(5, () -> login(Home.PASSWORD, good)).results).hasSize(1);
    }

    @Test
    void theStepsBesideThePresentOneCountAndNoOthers() {
        home.clock.pass(STEP.multipliedBy(10));
        assertRefused(() -> login(Home.PASSWORD, code(-2)), ErrorCode.UNAUTHENTICATED);
        assertRefused(() -> login(Home.PASSWORD, code(2)), ErrorCode.UNAUTHENTICATED);
        login(Home.PASSWORD, code(-1));
        login(Home.PASSWORD, code(1));
        assertRefused(() -> login(Home.PASSWORD, code(0)), ErrorCode.UNAUTHENTICATED);
    }

    @Test
    void withACodeEveryFailureLooksTheSame() {
        home.clock.pass(STEP);
        Secret wrong = Secret.of("000000");
        FreeholdException wrongCode = Refusals.refusal(() -> login(Home.PASSWORD, wrong));
        FreeholdException wrongPassword = Refusals.refusal(() -> login(Secret.of("not the right one"), code(0)));
        FreeholdException unknown =
                Refusals.refusal(() -> home.security().sessions().login("eve", Home.PASSWORD, wrong, Home.HERE));
        assertThat(wrongCode.reason()).isEqualTo("BAD_CREDENTIALS");
        for (FreeholdException other : List.of(wrongPassword, unknown)) {
            assertThat(other).hasMessage(wrongCode.getMessage());
            assertThat(other.reason()).isEqualTo(wrongCode.reason());
        }
    }

    @Test
    void missingAndWrongCodesCountAsGuesses() {
        home.clock.pass(STEP);
        for (int i = 0; i < 5; i++) {
            assertRefused(() -> home.tokens("ada"), ErrorCode.UNAUTHENTICATED, "TOTP_REQUIRED");
            assertRefused(() -> login(Home.PASSWORD, Secret.of("000000")), ErrorCode.UNAUTHENTICATED);
        }
        assertRefused(() -> login(Home.PASSWORD, code(0)), ErrorCode.RATE_LIMITED);
        home.security().users().unlock(home.owner(), user.id());
        login(Home.PASSWORD, code(0));
        assertThat(home.audit("user.unlock")).hasSize(1);
    }

    @Test
    void aThiefOfATokenGuessesNoMoreCodesThanTenFromHoweverManyAddresses() {
        for (int i = 0; i < 10; i++) {
            Caller there = new Caller(ada.principal(), ada.name(), ada.sessionId(), new Origin("203.0.113." + i, "r"));
            assertInvalid(() -> totp().remove(there, null, Secret.of("000000")), "code");
        }
        assertRefused(() -> totp().remove(ada, null, Secret.of("000000")), ErrorCode.RATE_LIMITED);
        // The owner signs in anew, from the same place, too.
        home.clock.pass(STEP);
        Caller again = home.caller(login(Home.PASSWORD, code(0)));
        home.clock.pass(STEP);
        totp().remove(again, null, code(0));
    }

    @Test
    void eachRecoveryCodeIsGoodOnce() {
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        login(Home.PASSWORD, recovery.get(3));
        assertRefused(() -> login(Home.PASSWORD, recovery.get(3)), ErrorCode.UNAUTHENTICATED);
        login(
                Home.PASSWORD,
                Secret.of(recovery.get(4).reveal().replace("-", " ").toUpperCase(Locale.ROOT)));
        assertThat(totp().status(ada)).isEqualTo(new TotpService.Status(true, false, 8));
    }

    @Test
    void neitherSeedNorRecoveryCodesAreInTheDatabase() throws Exception {
        String file = Files.readString(home.data.resolve("freehold.db"), StandardCharsets.ISO_8859_1);
        assertThat(file).doesNotContain(seed.reveal(), recovery.get(0).reveal());
    }

    @Test
    void itIsRemovedWithThePasswordOrACode() {
        assertInvalid(() -> totp().remove(ada, null, null), "password");
        assertInvalid(() -> totp().remove(ada, Secret.of("wrong"), null), "password");
        assertInvalid(() -> totp().remove(ada, null, Secret.of("000000")), "code");
        totp().remove(ada, null, recovery.get(0));
        home.tokens("ada");
        assertRefused(() -> totp().remove(ada, Home.PASSWORD, null), ErrorCode.CONFLICT, "TOTP_NOT_ENABLED");
    }

    @Test
    void aShortPasswordTakesASecondFactorAndGoesWithIt() {
        assertInvalid(
                () -> home.security().sessions().changePassword(ada, Home.PASSWORD, Secret.of("zebra-7")),
                "newPassword");
        Secret shortOne = Secret.of("zebra-7k");
        home.security().sessions().changePassword(ada, Home.PASSWORD, shortOne);
        totp().remove(ada, shortOne, null);
        assertThat(home.security().sessions().me(ada).passwordChangeRequired()).isTrue();
        assertRefused(
                () -> home.security().authenticator().requireReady(ada), ErrorCode.DENIED, "PASSWORD_CHANGE_REQUIRED");
        assertRefused(() -> totp().enrol(ada), ErrorCode.DENIED, "PASSWORD_CHANGE_REQUIRED");
    }

    @Test
    void anAdministratorResetsItAndNobodyWhoMayDoLess() {
        home.user("clerk", Role.OPERATOR);
        Caller clerk = home.signIn("clerk");
        assertRefused(() -> totp().reset(clerk, user.id()), ErrorCode.NOT_FOUND);
        Caller admin = home.admin();
        totp().reset(admin, user.id());
        assertThat(home.security().authenticator().isCurrent(ada)).isFalse();
        home.tokens("ada");
        assertRefused(() -> totp().reset(admin, user.id()), ErrorCode.CONFLICT, "TOTP_NOT_ENABLED");
    }

    @Test
    void aRoleThatTakesItAllowsNothingButToEnrol() {
        home.settings.put("freehold.totp.required.roles", "operator, administrator");
        home.restart();
        home.user("bob", Role.OPERATOR);
        Caller bob = home.signIn("bob");
        assertRefused(
                () -> home.security().authenticator().requireReady(bob), ErrorCode.DENIED, "TOTP_ENROLMENT_REQUIRED");
        assertThat(home.security().authorizer().access(bob).allowsSomewhere(Permissions.INSTANCE_READ))
                .isFalse();
        assertRefused(
                () -> home.security().authorizer().require(bob, Permissions.INSTANCE_READ, "instances"),
                ErrorCode.DENIED,
                "TOTP_ENROLMENT_REQUIRED");
        seed = totp().enrol(bob).secret();
        totp().confirm(bob, code(0));
        home.security().authenticator().requireReady(bob);
        assertThat(home.security().authorizer().access(bob).allows(Permissions.INSTANCE_READ))
                .isTrue();
        home.security().authenticator().requireReady(ada);
    }
}
