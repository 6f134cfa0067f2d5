package io.freehold.security;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
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
        home = new Home(folder, postgres());
    }

    /** The database to test on; null for the embedded one. */
    @Nullable
    String postgres() {
        return null;
    }

    @AfterEach
    void close() throws SQLException {
        if (home != null) {
            home.close();
        }
    }
}
