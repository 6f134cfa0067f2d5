package io.freehold.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** One kind of database: how its connections are made and begun, and what its errors mean. */
interface Database extends AutoCloseable {
    /** A fresh connection for the writer, in auto-commit mode. Only one is open at a time. */
    Connection openWriter() throws SQLException;

    /** Begins a transaction that no other writer, of this or another process, runs beside. */
    void begin(Connection writer) throws SQLException;

    /** A connection in a transaction that sees one state and cannot change it; closing it ends that. */
    Connection openReader() throws SQLException;

    /** Whether the error says that the database cannot be used now, rather than that a statement is wrong. */
    boolean unavailable(SQLException error);

    /** Whether the error says that this connection is dead and another one may be fine. */
    boolean connectionLost(SQLException error);

    /** Product and version, without credentials. */
    String description();

    /** Closes the readers and tidies up; the writer's connection has been closed before. */
    @Override
    void close();
}
