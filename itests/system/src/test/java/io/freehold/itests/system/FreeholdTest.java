package io.freehold.itests.system;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Freehold of its own for each test, with its first administrator. */
abstract class FreeholdTest {
    @TempDir
    Path folder;

    Freehold freehold;
    Client ada;

    @BeforeEach
    void start() {
        freehold = new Freehold(folder.resolve("data")).start();
        ada = freehold.setUp();
    }

    @AfterEach
    void end() {
        if (freehold != null) {
            freehold.close();
        }
    }
}
