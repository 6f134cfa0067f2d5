package io.freehold.security;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a new installation. */
abstract class HomeTest {
    @TempDir
    Path folder;

    Home home;

    @BeforeEach
    void open() throws IOException, SQLException {
        home = new Home(folder);
    }

    @AfterEach
    void close() throws SQLException {
        home.close();
    }
}
