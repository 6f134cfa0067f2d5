package io.freehold.rest.resource;

import io.freehold.rest.jersey.Workers;
import io.freehold.rest.json.Json;
import io.freehold.rest.plugin.Mounted;
import io.freehold.rest.stream.EventStreams;
import io.freehold.rest.view.InstanceJson;
import java.util.List;
import java.util.Set;

/** Every resource of the core's API. */
public final class Routes {
    private Routes() {}

    /**
     * @param slow runs what waits for backends
     * @param hashing runs what hashes passwords
     */
    public static Set<Object> of(
            Services services,
            Json json,
            EventStreams streams,
            Workers slow,
            Workers hashing,
            Mounted plugins,
            String version,
            List<String> features) {
        ETags tags = new ETags();
        return Set.of(
                new SetupResource(services.setup(), hashing),
                new SignInResource(services.sessions(), services.authenticator(), hashing),
                new AuthResource(
                        services.sessions(),
                        services.authenticator(),
                        services.authorizer(),
                        services.streams(),
                        hashing),
                new TotpResource(services.totp(), hashing),
                new ApiTokensResource(services.apiTokens(), tags),
                new SessionsResource(services.sessions(), tags),
                new UsersResource(services.users(), tags, hashing),
                new UserAccessResource(services.users(), services.sessions(), services.totp(), tags),
                new RolesResource(services.roles(), tags),
                new RoleBindingsResource(services.roles(), tags),
                new GroupsResource(services.groups(), tags),
                new ProjectsResource(services.projects(), tags),
                new MembersResource(services.projects(), services.roles(), tags),
                new AccessReviewResource(services.review(), tags),
                new ProvidersResource(services.backends(), tags),
                new BackendsResource(services.backends(), tags, slow),
                new InstancesResource(services.instances(), services.operations(), new InstanceJson(json), tags),
                new InstanceActionsResource(services.instances(), services.operations(), json),
                new InstanceStreamsResource(services.instances(), services.streams(), streams, json, slow),
                new OperationsResource(services.operations(), services.events(), streams, tags, json),
                new EventsResource(services.events(), streams, json),
                new PluginsResource(services.plugins(), tags, slow),
                new AdmissionPoliciesResource(services.policies(), tags),
                new AuditResource(services.audit(), json, tags, slow),
                new AlertChannelsResource(services.alerts(), tags, slow),
                new SystemResource(services.authorizer(), services.transactions(), version, features),
                new OpenApiResource(new OpenApiDocument(), plugins, tags));
    }
}
