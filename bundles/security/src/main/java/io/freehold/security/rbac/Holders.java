package io.freehold.security.rbac;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Principal;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** The principals that roles can be bound to. */
final class Holders {
    private Holders() {}

    /**
     * The principal with its id in the one spelling that is stored.
     *
     * @throws FreeholdException {@code INVALID} naming {@code principal} if roles cannot be bound to such a one
     */
    static Principal canonical(Principal principal) {
        if (principal.type() != Principal.Type.USER && principal.type() != Principal.Type.GROUP) {
            throw FreeholdException.invalid(
                    "principal", "roles can be bound to users and groups alone: user:{id} or group:{id}");
        }
        try {
            return new Principal(
                    principal.type(), UUID.fromString(principal.id()).toString());
        } catch (IllegalArgumentException e) {
            throw FreeholdException.invalid("principal", "must be user:{id} or group:{id}, the id a UUID");
        }
    }

    /**
     * Refuses one that does not exist, in the running transaction.
     *
     * @throws FreeholdException {@code INVALID} naming {@code principal}
     */
    static void requireExists(Connection connection, Principal principal) throws SQLException {
        boolean isUser = principal.type() == Principal.Type.USER;
        String table = isUser ? "security_user" : "security_group";
        if (Sql.number(connection, "SELECT COUNT(*) FROM " + table + " WHERE id = ?", principal.id()) == 0) {
            throw FreeholdException.invalid("principal", "there is no such " + (isUser ? "user" : "group"));
        }
    }
}
