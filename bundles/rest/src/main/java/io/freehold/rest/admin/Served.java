package io.freehold.rest.admin;

import io.freehold.api.audit.AuditLog;
import io.freehold.api.plugin.BundleDoctor;
import io.freehold.api.security.Authenticator;
import io.freehold.rest.http.ApiEndpoint;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What of Freehold is there at the moment, beside the admin socket. */
final class Served {
    final AtomicReference<@Nullable Listening> listening = new AtomicReference<>();
    final AtomicReference<@Nullable Authenticator> authenticator = new AtomicReference<>();
    final AtomicReference<@Nullable AuditLog> audit = new AtomicReference<>();
    final AtomicReference<@Nullable BundleDoctor> doctor = new AtomicReference<>();

    /** What is served, and where clients find it. */
    record Listening(ApiEndpoint endpoint, String address) {}
}
