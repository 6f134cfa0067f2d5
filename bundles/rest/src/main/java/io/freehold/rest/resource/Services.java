package io.freehold.rest.resource;

import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.alert.AlertService;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.backend.BackendService;
import io.freehold.api.event.EventBus;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.operation.OperationService;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.project.ProjectService;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Secrets;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.UserService;
import io.freehold.api.storage.Transactions;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** The services that the API turns HTTP into calls of. */
public record Services(
        Authenticator authenticator,
        Authorizer authorizer,
        SessionService sessions,
        SetupService setup,
        UserService users,
        RoleService roles,
        TotpService totp,
        ApiTokenService apiTokens,
        GroupService groups,
        ProjectService projects,
        AccessReview review,
        Secrets secrets,
        AuditLog audit,
        BackendService backends,
        InstanceService instances,
        InstanceStreams streams,
        OperationService operations,
        AdmissionPolicies policies,
        EventBus events,
        PluginService plugins,
        AlertService alerts,
        Transactions transactions) {

    /** What each of them is called: {@code authenticator}, {@code authorizer}, … */
    public List<String> names() {
        return Arrays.stream(Services.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
