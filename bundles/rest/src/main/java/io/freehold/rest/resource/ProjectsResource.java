package io.freehold.rest.resource;

import io.freehold.api.Page;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Project;
import io.freehold.api.project.ProjectService;
import io.freehold.api.project.Quotas;
import io.freehold.api.rest.RequiresPermission;
import io.freehold.api.security.Caller;
import io.freehold.rest.http.Problem;
import io.freehold.rest.view.ListView;
import io.freehold.rest.view.Lists;
import io.freehold.rest.view.ProjectView;
import io.freehold.rest.view.QuotasView;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** Projects. */
@Path("projects")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@SecurityRequirement(name = "cookie")
@Tag(name = "projects")
@ApiResponse(
        responseCode = "default",
        description = "What went wrong.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class ProjectsResource {
    private final ProjectService projects;
    private final ETags tags;

    public ProjectsResource(ProjectService projects, ETags tags) {
        this.projects = projects;
        this.tags = tags;
    }

    /** A project to create, or what it is to be. */
    @Schema(name = "NewProject", requiredProperties = "name")
    public record ProjectRequest(
            @Nullable String name,
            @Nullable String description,

            @Schema(description = "Left out: unlimited.") @Nullable
            QuotasView quotas) {

        NewProject checked() {
            Requests missing = new Requests();
            String wanted = missing.text("name", name);
            missing.check();
            return new NewProject(wanted, description, quotas == null ? Quotas.UNLIMITED : quotas.quotas());
        }
    }

    @GET
    @Operation(
            operationId = "listProjects",
            summary = "List projects",
            description = "Those that the caller is a member of, or all if it may read projects.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of projects.",
            content = @Content(schema = @Schema(implementation = Lists.Projects.class)))
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context Caller caller,
            @Context ContainerRequest request) {
        Page<Project> page = projects.list(caller, Params.page(limit, cursor));
        return tags.page(
                caller,
                request,
                page,
                project -> project.id().hashCode() * 31L + project.version(),
                ListView.of(page, ProjectView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("project:create")
    @Operation(operationId = "createProject", summary = "Create a project without members")
    @ApiResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = ProjectView.class)))
    public Response create(ProjectRequest request, @Context Caller caller) {
        Project project = projects.create(caller, request.checked());
        return tagged(Response.created(URI.create("/api/v1/projects/" + project.id())), project);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getProject", summary = "Get a project")
    @ApiResponse(
            responseCode = "200",
            description = "The project; its version is the ETag.",
            content = @Content(schema = @Schema(implementation = ProjectView.class)))
    public Response get(@PathParam("id") String id, @Context Caller caller) {
        return tagged(Response.ok(), projects.get(caller, Params.id(id, "project")));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission("project:update")
    @Operation(
            operationId = "updateProject",
            summary = "Change a project",
            description = "428 without If-Match, 412 if the project has changed since. Other quotas take project:update"
                    + " everywhere.")
    @ApiResponse(
            responseCode = "200",
            description = "Changed.",
            content = @Content(schema = @Schema(implementation = ProjectView.class)))
    public Response update(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            ProjectRequest request,
            @Context Caller caller) {
        UUID project = Params.id(id, "project");
        return tagged(Response.ok(), projects.update(caller, project, request.checked(), Versions.required(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RequiresPermission("project:delete")
    @Operation(
            operationId = "deleteProject",
            summary = "Delete a project with its memberships",
            description = "409 while instances belong to it.")
    @ApiResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("id") String id, @Context Caller caller) {
        projects.delete(caller, Params.id(id, "project"));
    }

    private static Response tagged(Response.ResponseBuilder answer, Project project) {
        return answer.entity(ProjectView.of(project))
                .header(HttpHeaders.ETAG, Versions.tag(project.version()))
                .build();
    }
}
