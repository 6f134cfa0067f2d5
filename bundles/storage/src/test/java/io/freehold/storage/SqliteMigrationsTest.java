package io.freehold.storage;

import io.freehold.api.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Migrations on the embedded database. */
class SqliteMigrationsTest extends MigrationsContract {
    @TempDir
    Path folder;

    @Override
    Settings settings() {
        return Settings.of(Map.of("freehold.data", folder.toString())::get);
    }
}
