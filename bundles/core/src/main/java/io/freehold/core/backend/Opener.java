package io.freehold.core.backend;

import io.freehold.api.FreeholdException;
import io.freehold.api.form.Values;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.core.util.Workers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens backends through their providers, within a time limit. */
final class Opener {
    private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

    private final Configurations configurations;
    private final Workers workers;
    private final Duration limit;

    Opener(Configurations configurations, Workers workers, Duration limit) {
        this.configurations = configurations;
        this.workers = workers;
        this.limit = limit;
    }

    Calls calls(String backendName) {
        return new Calls(backendName, workers);
    }

    /**
     * Opens a backend.
     *
     * @throws FreeholdException {@code INVALID} naming {@code config.…} if the configuration does not fit the
     *     form; what the provider throws; {@code TIMEOUT}
     */
    Opened open(BackendRow row, Providers.Installed installed, Calls calls, Calls.Lane lane) {
        Values values =
                configurations.putTogether(row, installed.description().info().configuration());
        BackendConfig config = new BackendConfig(row.id(), row.name(), values);
        ClassLoader loader = installed.provider().getClass().getClassLoader();
        return calls.call(
                lane,
                limit,
                loader,
                () -> lookAt(installed.provider().open(config), installed, loader, calls),
                opened -> {
                    LOG.info("A backend was opened after the time limit; it is closed again");
                    opened.close();
                });
    }

    private static Opened lookAt(Backend backend, Providers.Installed installed, ClassLoader loader, Calls calls) {
        boolean usable = false;
        try {
            Opened opened = new Opened(backend, installed.description().info(), loader, calls);
            usable = true;
            return opened;
        } finally {
            if (!usable) {
                backend.close();
            }
        }
    }
}
