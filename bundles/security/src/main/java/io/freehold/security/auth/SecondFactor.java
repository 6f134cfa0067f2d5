package io.freehold.security.auth;

import io.freehold.api.Secret;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;

/**
 * Checks codes of users who have a second factor: of their app, or recovery codes. Each is good once, also of two
 * uses at the same time, and after a restart.
 */
final class SecondFactor {
    private static final int RECOVERY_BYTES = 10;
    private static final int MAX_LENGTH = 64;
    private static final Pattern BLANK = Pattern.compile("[\\s-]+");

    private final Secrets secrets;
    private final TotpCodes codes = new TotpCodes();
    private final Clock clock;

    SecondFactor(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A code that was right when it was looked at. */
    interface Right {
        /** Uses it up; false if it was used meanwhile. */
        boolean use(Connection connection) throws SQLException;
    }

    /** The code, if it is a right one. */
    Optional<Right> check(Connection connection, UUID userId, Secret code) throws SQLException {
        Optional<TotpTable.Row> row = TotpTable.find(connection, userId);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong step = step(userId, row.get(), code);
        if (step.isPresent()) {
            return Optional.of(c -> TotpTable.useStep(c, userId, step.getAsLong()));
        }
        String hash = recoveryHash(code);
        boolean known = Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM security_recovery_code WHERE user_id = ? AND hash = ?",
                        userId,
                        hash)
                > 0;
        return known ? Optional.of(c -> TotpTable.useRecoveryCode(c, userId, hash)) : Optional.empty();
    }

    /** The step of time that a code of the app is of, if it is a right one. */
    OptionalLong step(UUID userId, TotpTable.Row row, Secret code) {
        return codes.step(open(userId, row), plain(code), row.lastStep(), clock.millis());
    }

    String seal(UUID userId, Secret secret) {
        return secrets.seal(secret, rowOf(userId));
    }

    private Secret open(UUID userId, TotpTable.Row row) {
        return secrets.open(row.sealedSecret(), rowOf(userId));
    }

    /** A new recovery code: 80 bits that are easily typed. */
    static Secret recoveryCode(Randoms randoms) {
        String text = Base32.toBase32String(randoms.bytes(RECOVERY_BYTES)).toLowerCase(Locale.ROOT);
        return Secret.of(String.join(
                "-", text.substring(0, 4), text.substring(4, 8), text.substring(8, 12), text.substring(12)));
    }

    /** How a recovery code is stored. */
    static String recoveryHash(Secret code) {
        return Hashes.hex(plain(code).reveal());
    }

    /** However somebody typed it. */
    private static Secret plain(Secret code) {
        String text = code.reveal();
        return text.length() > MAX_LENGTH
                ? Secret.of("")
                : Secret.of(BLANK.matcher(text).replaceAll("").toLowerCase(Locale.ROOT));
    }

    private static String rowOf(UUID userId) {
        return "users/" + userId + "/totp";
    }
}
