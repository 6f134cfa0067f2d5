package io.freehold.rest.resource;

import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.storage.Transactions;
import io.freehold.rest.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;

/** Freehold itself. */
@Path("system")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "system")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class SystemResource {
    private final Authorizer authorizer;
    private final Transactions transactions;
    private final String version;
    private final List<String> features;

    public SystemResource(Authorizer authorizer, Transactions transactions, String version, List<String> features) {
        this.authorizer = authorizer;
        this.transactions = transactions;
        this.version = version;
        this.features = List.copyOf(features);
    }

    /** What runs here. */
    @Schema(name = "System")
    public record SystemView(
            String version,
            JvmView jvm,
            Instant startedAt,
            long uptimeSeconds,
            List<NodeView> nodes,
            String database,
            List<String> features) {}

    /**
     * A Freehold that works on the database. One does at a time.
     *
     * @param name of its machine
     */
    @Schema(name = "FreeholdNode")
    public record NodeView(String name, String version, Instant startedAt) {}

    /** The Java virtual machine, with its memory in bytes. */
    @Schema(name = "Jvm")
    public record JvmView(String version, String vendor, int processors, long heapUsedBytes, long heapMaxBytes) {}

    @GET
    @ApiResponse(responseCode = "200", description = "It.", useReturnTypeSchema = true)
    @Operation(operationId = "getSystem", summary = "Version, JVM, uptime, nodes, database, features")
    public SystemView get(@Context Caller caller) {
        authorizer.require(caller, Permissions.SYSTEM_READ, "system");
        Runtime runtime = Runtime.getRuntime();
        long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new SystemView(
                version,
                new JvmView(
                        Runtime.version().toString(),
                        System.getProperty("java.vendor", ""),
                        runtime.availableProcessors(),
                        runtime.totalMemory() - runtime.freeMemory(),
                        runtime.maxMemory()),
                Instant.ofEpochMilli(startedAt),
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                List.of(new NodeView(machine(), version, Instant.ofEpochMilli(startedAt))),
                transactions.description(),
                features);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine whose name is in no table: what it is called there does not matter to anybody.
            return "localhost";
        }
    }
}
