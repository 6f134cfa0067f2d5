package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.admission.AdmissionPolicies.SetPolicy;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.AdmissionPolicyView;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** What instances may ask of their hosts, for everybody, in a project, on a backend. */
@Path("admission-policies")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "admission")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class AdmissionPoliciesResource {
    private final AdmissionPolicies policies;
    private final ETags tags;

    public AdmissionPoliciesResource(AdmissionPolicies policies, ETags tags) {
        this.policies = policies;
        this.tags = tags;
    }

    /** A policy to set. */
    @Schema(name = "NewAdmissionPolicy")
    public record PolicyRequest(
            AdmissionPolicyView.@Nullable Allow allow, AdmissionPolicyView.@Nullable Limits limits) {
        AdmissionPolicy checked() {
            Requests wrong = new Requests();
            AdmissionPolicy policy = AdmissionPolicyView.policy(allow, limits, wrong);
            wrong.check();
            return policy;
        }
    }

    @GET
    @Operation(operationId = "listAdmissionPolicies", summary = "List the admission policies that are set")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content = @Content(schema = @Schema(implementation = Lists.AdmissionPolicies.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<SetPolicy> page = Params.page(policies.list(caller), limit, cursor);
        return tags.page(caller, request, page, SetPolicy::hashCode, ListView.of(page, AdmissionPolicyView::of));
    }

    @GET
    @Path("{id}")
    @Operation(
            operationId = "getAdmissionPolicy",
            summary = "Get the admission policy of a scope",
            description = "The id is global, project:{id} or backend:{id}. Where none is set, it is the default.")
    @ApiResponse(
            responseCode = "200",
            description = "The policy; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = AdmissionPolicyView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(policies.get(caller, AdmissionPolicyView.scope(id)));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("admission:manage")
    @Operation(
            operationId = "setAdmissionPolicy",
            summary = "Set the admission policy of a scope",
            description =
                    "Takes instance:host-access as well. It holds from the next creation on. 428 without If-Match,"
                            + " 412 if it has changed since.")
    @ApiResponse(
            responseCode = "200",
            description = "Set.",
            content = @Content(schema = @Schema(implementation = AdmissionPolicyView.class)))
    public Response set(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            PolicyRequest request,
            @Context Caller caller) {
        long version = Versions.required(ifMatch);
        return tagged(policies.set(caller, AdmissionPolicyView.scope(id), request.checked(), version));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("admission:manage")
    @Operation(
            operationId = "removeAdmissionPolicy",
            summary = "Take the admission policy of a scope away",
            description = "The default, which allows nothing, holds again.")
    @ApiResponse(responseCode = "204", description = "Taken away.")
    public void remove(@PathParam("id") String id, @Context Caller caller) {
        policies.remove(caller, AdmissionPolicyView.scope(id));
    }

    private static Response tagged(SetPolicy policy) {
        return Response.ok(AdmissionPolicyView.of(policy))
                .header(HttpHeaders.ETAG, Versions.tag(policy.version()))
                .build();
    }
}
