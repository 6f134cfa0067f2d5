package io.freehold.storage;

import io.freehold.api.Settings;
import io.freehold.api.StartupFailure;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers {@link Transactions} on the database that the settings name, and tells the launcher why if it cannot. */
@Component(service = Transactions.class)
public final class StorageComponent implements Transactions {
    private final Storage storage;

    /**
     * @throws StorageException if the database cannot be opened; reported to the launcher before
     */
    @Activate
    public StorageComponent(BundleContext context) {
        try {
            storage = Storage.open(Settings.of(context));
        } catch (StorageException e) {
            StartupFailure.report(context, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Deactivate
    void close() throws IOException {
        storage.close();
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return storage.transactions().read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return storage.transactions().write(work);
    }

    @Override
    public void afterCommit(Runnable action) {
        storage.transactions().afterCommit(action);
    }

    @Override
    public void migrate(String owner, List<Migration> migrations) {
        storage.transactions().migrate(owner, migrations);
    }

    @Override
    public String description() {
        return storage.transactions().description();
    }
}
