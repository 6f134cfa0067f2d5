package io.freehold.api.instance;

import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Sample;
import io.freehold.api.security.Caller;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an instance says and does while it runs: logs, console, measurements. All methods throw
 * {@link FreeholdException}: {@code NOT_FOUND}, {@code DENIED}, {@code CONFLICT} if the backend cannot do
 * that for this instance now, {@code UNAVAILABLE} if the backend cannot be reached.
 */
@ProviderType
public interface InstanceStreams {

    /** The last lines of the instance's log, oldest first; {@code tail} from 0 to 10,000. */
    List<LogLine> logs(Caller caller, UUID id, int tail);

    /** The last lines and then every new one, until the subscription is closed or the instance is gone. */
    Subscription followLogs(Caller caller, UUID id, int tail, LogListener listener);

    /** Attaches to the instance's input and output. The caller closes the console. */
    Console console(Caller caller, UUID id, ConsoleOutput output);

    /** Throws what {@link #console} would for who asks, and attaches nothing. */
    void requireConsole(Caller caller, UUID id);

    /** What the instance uses now; at most a second or two old. Blocks until the first measurement. */
    Sample stats(Caller caller, UUID id);

    /** Every measurement from now on, about one a second; all followers of an instance share one stream. */
    Subscription followStats(Caller caller, UUID id, Consumer<Sample> listener);
}
