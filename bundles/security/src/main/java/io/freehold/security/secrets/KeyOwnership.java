package io.freehold.security.secrets;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import java.util.Optional;

/** Remembers in the database which key its secrets are encrypted with, so that a lost key is noticed at once. */
public final class KeyOwnership {
    private KeyOwnership() {}

    /**
     * Accepts the key for this database if it is its own or its first.
     *
     * @throws FreeholdException {@code INTERNAL} with one line for the operator
     */
    public static void check(Transactions transactions, String name, byte[] key) {
        String fingerprint = SealedSecrets.fingerprint(key);
        Optional<String> known = transactions.read(connection -> Sql.first(
                connection, "SELECT fingerprint FROM security_key WHERE name = ?", row -> row.getString(1), name));
        if (known.isEmpty()) {
            transactions.write(connection -> Sql.update(
                    connection, "INSERT INTO security_key (name, fingerprint) VALUES (?, ?)", name, fingerprint));
        } else if (!known.get().equals(fingerprint)) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL,
                    "This is not the " + name
                            + " that this database's secrets are encrypted with: set the right one, or"
                            + " put data/keys/" + name + " back from a backup");
        }
    }
}
