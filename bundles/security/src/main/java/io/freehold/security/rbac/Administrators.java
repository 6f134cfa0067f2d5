package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Those who hold the role of administrator everywhere and can sign in. One of them always stays. */
public final class Administrators {
    private static final String COUNT = "SELECT COUNT(*) FROM security_user u JOIN security_role_binding b"
            + " ON b.principal = 'user:' || u.id WHERE u.enabled = 1 AND b.role_id = ? AND b.scope = ?";

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
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "LAST_ADMINISTRATOR",
                    "This is the last administrator who can sign in. Make somebody else administrator first.");
        }
    }
}
