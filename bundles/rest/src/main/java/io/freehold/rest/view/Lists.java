package io.freehold.rest.view;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ListView} looks like for each noun, for the description of the API. */
public final class Lists {
    private Lists() {}

    @Schema(name = "InstanceList")
    public record Instances(
            List<InstanceView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "OperationList")
    public record Operations(
            List<OperationView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "BackendList")
    public record Backends(
            List<BackendView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "ProviderList")
    public record Providers(
            List<ProviderView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "UserList")
    public record Users(List<UserView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "RoleList")
    public record Roles(List<RoleView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "RoleBindingList")
    public record RoleBindings(
            List<RoleBindingView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "GroupList")
    public record Groups(List<GroupView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "ProjectList")
    public record Projects(
            List<ProjectView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "MemberList")
    public record Members(List<MemberView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "ReviewedAccessList")
    public record ReviewedAccess(
            List<AccessReviewView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "AdmissionPolicyList")
    public record AdmissionPolicies(
            List<AdmissionPolicyView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "AuditEntryList")
    public record AuditEntries(
            List<AuditEntryView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "PluginList")
    public record Plugins(List<PluginView> items, @Nullable String nextCursor, long total) {}

    @Schema(name = "AlertChannelList")
    public record AlertChannels(
            List<AlertChannelView> items, @Nullable String nextCursor, long total) {}
}
