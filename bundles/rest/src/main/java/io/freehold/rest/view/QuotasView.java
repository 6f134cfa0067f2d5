package io.freehold.rest.view;

import io.freehold.api.project.Quotas;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Quotas as the API takes and shows them. */
@Schema(name = "Quotas", description = "How much the instances of a project may use together; null is unlimited.")
public record QuotasView(
        @Nullable Long instances,
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Long diskBytes,
        @Nullable Long ports,
        @Nullable Long backups) {
    public static QuotasView of(Quotas quotas) {
        return new QuotasView(
                quotas.instances(),
                quotas.memoryBytes(),
                quotas.cpus(),
                quotas.diskBytes(),
                quotas.ports(),
                quotas.backups());
    }

    public Quotas quotas() {
        return new Quotas(instances, memoryBytes, cpus, diskBytes, ports, backups);
    }
}
