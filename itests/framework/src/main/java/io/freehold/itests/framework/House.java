package io.freehold.itests.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.Secret;
import io.freehold.api.Settings;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationService;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.SetupService;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The running framework, seen from a test. Services are looked up anew each time: bundles come and go. */
final class House {
    private static final Secret PASSWORD = Secret.of("a fishmonger counts lanterns");
    private static final Origin ORIGIN = new Origin("127.0.0.1", "in-framework");

    private final BundleContext context;

    House(BundleContext context) {
        this.context = context;
    }

    /** The service, as soon as there is one. */
    <S> S service(Class<S> type) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            ServiceReference<S> reference = context.getServiceReference(type);
                            return reference == null ? null : context.getService(reference);
                        },
                        found -> found != null);
    }

    boolean offers(Class<?> type) {
        return context.getServiceReference(type) != null;
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }

    /** Signs in as the administrator, whom the first caller of this run creates. */
    Caller administrator() throws IOException {
        SetupService setup = service(SetupService.class);
        if (setup.required()) {
            String token = Files.readString(Settings.of(context).data().resolve("setup-token"));
            setup.complete(Secret.of(token.strip()), "owner", PASSWORD, null, ORIGIN);
        }
        Secret accessToken =
                service(SessionService.class).login("owner", PASSWORD, ORIGIN).accessToken();
        return service(Authenticator.class).authenticate(new Credential.Bearer(accessToken), ORIGIN);
    }

    /** The instance that the operation was about, once it has succeeded. */
    UUID done(Caller caller, Operation operation) {
        Operation ended = service(OperationService.class)
                .await(caller, operation.id(), Duration.ofSeconds(60))
                .toCompletableFuture()
                .join();
        assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(OperationStatus.SUCCEEDED);
        return Objects.requireNonNull(ended.instanceId());
    }

    /** Where the REST API listens, if it does: {@code http://127.0.0.1:port}. */
    String address() {
        return await().atMost(Duration.ofSeconds(20)).until(this::addressNow, found -> !found.isEmpty());
    }

    /** The same at this moment; empty if nothing listens. */
    String addressNow() throws InvalidSyntaxException {
        ServiceReference<?>[] references = context.getAllServiceReferences(null, "(freehold.address=*)");
        return references == null ? "" : String.valueOf(references[0].getProperty("freehold.address"));
    }
}
