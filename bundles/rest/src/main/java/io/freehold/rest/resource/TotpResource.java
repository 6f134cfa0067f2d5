package io.freehold.rest.resource;

import io.freehold.api.Secret;
import io.freehold.api.security.Caller;
import io.freehold.api.security.TotpService;
import io.freehold.rest.http.Problem;
import io.freehold.rest.jersey.OptionalBody;
import io.freehold.rest.jersey.Workers;
import io.freehold.rest.view.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's second factor. */
@Path("auth/totp")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "auth")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class TotpResource {
    private final TotpService totp;
    private final Workers hashing;

    public TotpResource(TotpService totp, Workers hashing) {
        this.totp = totp;
        this.hashing = hashing;
    }

    /** How it stands. */
    @Schema(name = "Totp")
    public record StatusView(
            boolean enabled,

            @Schema(description = "Whether a role of mine takes one.")
            boolean required,

            @Schema(description = "How many recovery codes are left.")
            int recoveryCodes) {}

    /** What the app must know. */
    @Schema(name = "TotpEnrolment")
    public record EnrolmentView(
            @Schema(description = "In Base32.") String secret,
            @Schema(description = "The same for a QR code.") String otpauthUri) {}

    /** A code of the app. */
    @Schema(name = "TotpConfirmation", requiredProperties = "code")
    public record Confirmation(@Nullable String code) {}

    /** What stands in for the app, each once. */
    @Schema(name = "RecoveryCodes")
    public record RecoveryCodes(List<String> recoveryCodes) {}

    /** The password or a code. */
    @Schema(name = "TotpRemoval")
    public record Removal(
            @Nullable String password, @Nullable String code) {}

    @GET
    @ApiResponse(responseCode = "200", description = "How it stands.", useReturnTypeSchema = true)
    @Operation(operationId = "getTotp", summary = "How it stands with my second factor")
    public StatusView status(@Context Caller caller) {
        TotpService.Status status = totp.status(caller);
        return new StatusView(status.enabled(), status.required(), status.recoveryCodes());
    }

    @POST
    @ApiResponse(responseCode = "200", description = "What the app must know.", useReturnTypeSchema = true)
    @Operation(
            operationId = "enrolTotp",
            summary = "Make a secret for my authenticator app",
            description = "It counts once it is confirmed.")
    public EnrolmentView enrol(@Context Caller caller) {
        TotpService.Enrolment enrolment = totp.enrol(caller);
        return new EnrolmentView(enrolment.secret().reveal(), enrolment.uri().reveal());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @ApiResponse(responseCode = "200", description = "Recovery codes, shown once.", useReturnTypeSchema = true)
    @Operation(operationId = "confirmTotp", summary = "Confirm the secret by a code of the app")
    public RecoveryCodes confirm(Confirmation request, @Context Caller caller) {
        Requests missing = new Requests();
        String code = missing.text("code", request.code());
        missing.check();
        return new RecoveryCodes(totp.confirm(caller, Secret.of(code)).stream()
                .map(Secret::reveal)
                .toList());
    }

    @DELETE
    @Consumes(MediaType.APPLICATION_JSON)
    @ApiResponse(responseCode = "204", description = "Removed.")
    @Operation(
            operationId = "removeTotp",
            summary = "Remove my second factor",
            description = "Takes the password or a code. A password under 15 characters must be changed next.")
    public void remove(
            @OptionalBody @Nullable Removal request, @Context Caller caller, @Suspended AsyncResponse response) {
        Secret password = request == null ? null : secret(request.password());
        Secret code = request == null ? null : secret(request.code());
        hashing.answer(response, () -> {
            totp.remove(caller, password, code);
            return Response.noContent().build();
        });
    }

    private static @Nullable Secret secret(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Secret.of(text);
    }
}
