package io.freehold.core;

import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.core.util.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** What tells this Freehold from others that use the same engines: an id in its database, made at its first start. */
final class Installation {
    private Installation() {}

    static UUID id(Transactions transactions, Ids ids) {
        return transactions.read(Installation::find).orElseGet(() -> make(transactions, ids.next()));
    }

    private static Optional<UUID> find(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT id FROM core_installation", row -> Sql.uuid(row, "id"));
    }

    private static UUID make(Transactions transactions, UUID id) {
        return transactions.write(connection -> {
            Sql.update(connection, "INSERT INTO core_installation (id) VALUES (?)", id);
            return id;
        });
    }
}
