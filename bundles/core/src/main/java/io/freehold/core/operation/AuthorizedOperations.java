package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.audit.Outcome;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationService;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.util.Cursor;
import io.freehold.core.util.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What callers see of operations and do with them: those that run from memory, the others from the database. */
final class AuthorizedOperations implements OperationService {
    private static final String ORDER = "newest";

    private final Operations operations;
    private final OperationStore store;
    private final Runner runner;
    private final Platform platform;

    AuthorizedOperations(Operations operations, OperationStore store, Runner runner, Platform platform) {
        this.operations = operations;
        this.store = store;
        this.runner = runner;
        this.platform = platform;
    }

    @Override
    public Page<Operation> list(Caller caller, OperationQuery query) {
        Access access = platform.authorizer().access(caller);
        String text = query.page().cursor();
        UUID before = text == null ? null : Cursor.decode(text, ORDER).id();
        boolean seesAll = access.allows(Permissions.INSTANCE_READ) || access.allows(Permissions.OPERATION_READ);
        return platform.transactions()
                .read(connection -> seesAll
                        ? everything(connection, query, before)
                        : visible(connection, query, before, caller, access));
    }

    private Page<Operation> everything(Connection connection, OperationQuery query, @Nullable UUID before)
            throws SQLException {
        int limit = query.page().limit();
        List<OperationRow> rows = store.page(connection, query, before, limit + 1);
        boolean more = rows.size() > limit;
        return page(rows.subList(0, more ? limit : rows.size()), more, store.count(connection, query));
    }

    private Page<Operation> visible(
            Connection connection, OperationQuery query, @Nullable UUID before, Caller caller, Access access)
            throws SQLException {
        int limit = query.page().limit();
        List<OperationRow> rows = new ArrayList<>();
        boolean more = false;
        int total = 0;
        for (OperationStore.Glimpse glimpse : store.glimpses(connection, query)) {
            List<Scope> scopes = OperationRow.scopes(glimpse.instanceId(), glimpse.projectId(), glimpse.backendId());
            if (maySee(caller, access, glimpse.createdBy(), scopes)) {
                total++;
                // Ids of one version are texts of one length: their order as texts is that of the database.
                boolean wanted = before == null || glimpse.id().toString().compareTo(before.toString()) < 0;
                if (wanted && rows.size() < limit) {
                    store.find(connection, glimpse.id()).ifPresent(rows::add);
                } else if (wanted) {
                    more = true;
                }
            }
        }
        return page(rows, more, total);
    }

    private Page<Operation> page(List<OperationRow> rows, boolean more, long total) {
        List<Operation> items = rows.stream().map(this::current).toList();
        String next = more ? new Cursor(ORDER, "", rows.get(rows.size() - 1).id()).encode() : null;
        return new Page<>(items, next, total);
    }

    @Override
    public Operation get(Caller caller, UUID id) {
        return current(visibleRow(caller, id));
    }

    @Override
    public CompletionStage<Operation> await(Caller caller, UUID id, Duration patience) {
        OperationRow row = visibleRow(caller, id);
        Live live = operations.find(id).orElse(null);
        if (live == null) {
            return CompletableFuture.completedFuture(get(caller, row.id()));
        }
        CompletableFuture<Operation> answer = new CompletableFuture<>();
        Future<?> timeout = platform.workers().after(patience, () -> answer.complete(live.operation()));
        var unused = live.ended()
                .whenCompleteAsync(
                        (operation, failure) -> {
                            timeout.cancel(false);
                            answer.complete(operation);
                        },
                        platform.workers()::run);
        return answer;
    }

    @Override
    public Operation cancel(Caller caller, UUID id) {
        OperationRow row = visibleRow(caller, id);
        if (!row.operation().createdBy().equals(caller.principal().toString())) {
            Access access = platform.authorizer().access(caller);
            Permission toSee = access.allows(Permissions.OPERATION_READ, row.scopes())
                    ? Permissions.OPERATION_READ
                    : Permissions.INSTANCE_READ;
            platform.authorizer()
                    .require(
                            caller, Permissions.OPERATION_CANCEL, toSee, row.scopes(), "operation", "operations/" + id);
        }
        Live live = operations.find(id).orElseThrow(AuthorizedOperations::over);
        Runnable recording =
                () -> platform.audit().record(caller, "operation.cancel", "operations/" + id, Outcome.SUCCESS, "");
        if (!runner.endPending(live, recording, operations)) {
            platform.transactions().write(connection -> {
                if (live.isEnding() || !store.cancel(connection, id)) {
                    throw over();
                }
                recording.run();
                return id;
            });
            live.cancelling();
        }
        return live.operation();
    }

    private OperationRow visibleRow(Caller caller, UUID id) {
        OperationRow row = operations
                .find(id)
                .map(Live::row)
                .or(() -> platform.transactions().read(connection -> store.find(connection, id)))
                .orElseThrow(() -> FreeholdException.notFound("operation"));
        if (!maySee(
                caller, platform.authorizer().access(caller), row.operation().createdBy(), row.scopes())) {
            throw FreeholdException.notFound("operation");
        }
        return row;
    }

    private Operation current(OperationRow row) {
        return operations.find(row.id()).map(Live::operation).orElse(row.operation());
    }

    private static boolean maySee(Caller caller, Access access, String createdBy, List<Scope> scopes) {
        return createdBy.equals(caller.principal().toString())
                || access.allows(Permissions.INSTANCE_READ, scopes)
                || access.allows(Permissions.OPERATION_READ, scopes);
    }

    private static FreeholdException over() {
        return new FreeholdException(ErrorCode.CONFLICT, "OPERATION_ENDED", "The operation has ended already.");
    }
}
