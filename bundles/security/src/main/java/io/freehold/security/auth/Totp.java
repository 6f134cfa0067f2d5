package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.TotpService;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Second factors as the API offers them. */
public final class Totp implements TotpService {
    private static final int RECOVERY_CODES = 10;

    private final Transactions transactions;
    private final SecondFactor factor;
    private final PasswordHasher hasher;
    private final Reauthentication asking;
    private final SessionTable sessions;
    private final Accounts accounts;
    private final UserGuard guard;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    Totp(
            Transactions transactions,
            SecondFactor factor,
            PasswordHasher hasher,
            Reauthentication asking,
            SessionTable sessions,
            Accounts accounts,
            UserGuard guard,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.factor = factor;
        this.hasher = hasher;
        this.asking = asking;
        this.sessions = sessions;
        this.accounts = accounts;
        this.guard = guard;
        this.trail = trail;
        this.randoms = randoms;
        this.clock = clock;
    }

    @Override
    public Status status(Caller caller) {
        Account account = guard.own(caller);
        int codes = transactions.read(
                connection -> TotpTable.recoveryCodes(connection, account.user().id()));
        return new Status(account.secondFactor(), account.secondFactorRequired(), codes);
    }

    @Override
    public Enrolment enrol(Caller caller) {
        Account account = ready(caller);
        UUID userId = account.user().id();
        Secret secret = TotpCodes.secret(randoms);
        String sealed = factor.seal(userId, secret);
        transactions.write(connection -> {
            trail.hold(connection);
            if (UserTable.get(connection, userId).secondFactor()) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "TOTP_ENABLED", "There is a second factor already. Remove it first.");
            }
            TotpTable.replace(connection, userId, sealed);
            record(connection, caller, "totp.enrol", userId, "");
            return userId;
        });
        return new Enrolment(secret, TotpCodes.uri(secret, account.user().username()));
    }

    @Override
    public List<Secret> confirm(Caller caller, Secret code) {
        UUID userId = ready(caller).user().id();
        UserTable.Row row = transactions.read(connection -> UserTable.get(connection, userId));
        TotpTable.Row waiting = transactions
                .read(connection -> TotpTable.find(connection, userId))
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> new FreeholdException(
                        ErrorCode.CONFLICT, "TOTP_NOT_ENROLLED", "There is no new secret to confirm."));
        asking.require(caller, row, "totp.confirm", "code", () -> factor.step(userId, waiting, code)
                .isPresent());
        List<Secret> recovery = recoveryCodes();
        transactions.write(connection -> {
            trail.hold(connection);
            Optional<TotpTable.Row> now = TotpTable.find(connection, userId);
            OptionalLong step =
                    now.equals(Optional.of(waiting)) ? factor.step(userId, waiting, code) : OptionalLong.empty();
            if (step.isEmpty() || !TotpTable.useStep(connection, userId, step.getAsLong())) {
                throw FreeholdException.invalid("code", "is not right any more: give the newest one");
            }
            TotpTable.confirm(
                    connection,
                    userId,
                    clock.millis(),
                    recovery.stream().map(SecondFactor::recoveryHash).toList());
            accounts.changed(connection, userId);
            record(connection, caller, "totp.confirm", userId, "");
            return userId;
        });
        return recovery;
    }

    @Override
    public void remove(Caller caller, @Nullable Secret password, @Nullable Secret code) {
        UUID userId = ready(caller).user().id();
        UserTable.Row row = transactions.read(connection -> UserTable.get(connection, userId));
        if (!row.secondFactor()) {
            throw none();
        }
        List<SecondFactor.Right> used = new ArrayList<>();
        if (password != null) {
            asking.require(
                    caller, row, "totp.remove", "password", () -> hasher.matches(password, row.passwordHash(), true));
        } else if (code != null) {
            asking.require(caller, row, "totp.remove", "code", () -> transactions
                    .read(connection -> factor.check(connection, userId, code))
                    .map(used::add)
                    .orElse(false));
        } else {
            throw FreeholdException.invalid("password", "is required, or a code");
        }
        transactions.write(connection -> {
            trail.hold(connection);
            for (SecondFactor.Right right : used) {
                if (!right.use(connection)) {
                    throw FreeholdException.invalid("code", "is not right any more: give the newest one");
                }
            }
            remove(connection, userId);
            record(connection, caller, "totp.remove", userId, "");
            return userId;
        });
    }

    @Override
    public void reset(Caller caller, UUID userId) {
        guard.refuseTokens(caller);
        guard.requireOver(caller, Permissions.USER_UPDATE, userId, "user.totp-reset");
        transactions.write(connection -> {
            trail.hold(connection);
            remove(connection, userId);
            sessions.endAll(connection, userId, caller.sessionId());
            String name = UserTable.get(connection, userId).user().username();
            record(connection, caller, "user.totp-reset", userId, name);
            return userId;
        });
    }

    private void remove(Connection connection, UUID userId) throws SQLException {
        if (!UserTable.get(connection, userId).secondFactor()) {
            throw none();
        }
        TotpTable.remove(connection, userId);
        accounts.changed(connection, userId);
    }

    private List<Secret> recoveryCodes() {
        List<Secret> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            codes.add(SecondFactor.recoveryCode(randoms));
        }
        return codes;
    }

    /** The caller's account; a new password comes before a second factor. */
    private Account ready(Caller caller) {
        Account account = guard.own(caller);
        if (account.user().passwordChangeRequired()) {
            account.owed().ifPresent(owed -> {
                throw owed;
            });
        }
        return account;
    }

    private void record(Connection connection, Caller caller, String action, UUID userId, String detail)
            throws SQLException {
        trail.record(connection, caller, action, "users/" + userId, Outcome.SUCCESS, detail);
    }

    private static FreeholdException none() {
        return new FreeholdException(ErrorCode.CONFLICT, "TOTP_NOT_ENABLED", "There is no second factor to remove.");
    }
}
