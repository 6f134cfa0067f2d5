package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.security.hashing.PasswordHasher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Those who hold the role of administrator everywhere, themselves or by a group, and can sign in. One of them always stays. */
public final class Administrators {
    private static final String COUNT =
            "SELECT COUNT(*) FROM security_user u WHERE u.enabled = 1 AND u.password_hash <> '"
                    + PasswordHasher.NONE + "' AND EXISTS (SELECT 1"
                    + " FROM security_role_binding b WHERE b.role_id = ? AND b.scope = ? AND (b.principal = 'user:' || u.id"
                    + " OR b.principal IN (SELECT 'group:' || m.group_id FROM security_group_member m WHERE m.user_id = u.id)))";

    private Administrators() {}

    /**
     * Refuses to lose the last one. Call it in the transaction that takes the user out, before the change,
     * after {@link io.freehold.security.audit.AuditTrail#hold}.
     *
     * @throws FreeholdException {@code CONFLICT} with the reason {@code LAST_ADMINISTRATOR}
     */
    public static void requireOtherThan(Connection connection, UUID userId) throws SQLException {
        boolean isOne = Sql.number(connection, COUNT + " AND u.id = ?", Role.ADMINISTRATOR, Scope.ROOT, userId) > 0;
        if (isOne && Sql.number(connection, COUNT + " AND u.id <> ?", Role.ADMINISTRATOR, Scope.ROOT, userId) == 0) {
            throw last();
        }
    }

    /** How many there are in the running transaction. */
    static long count(Connection connection) throws SQLException {
        return Sql.number(connection, COUNT, Role.ADMINISTRATOR, Scope.ROOT);
    }

    /**
     * Refuses to have lost the last one. Call it in the transaction that took roles or memberships away, after that.
     *
     * @param before how many there were
     * @throws FreeholdException as {@link #requireOtherThan}
     */
    static void requireSome(Connection connection, long before) throws SQLException {
        if (before > 0 && count(connection) == 0) {
            throw last();
        }
    }

    private static FreeholdException last() {
        return new FreeholdException(
                ErrorCode.CONFLICT,
                "LAST_ADMINISTRATOR",
                "This is the last administrator who can sign in. Make somebody else administrator first.");
    }
}
