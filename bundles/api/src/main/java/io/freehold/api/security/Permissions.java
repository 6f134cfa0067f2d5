package io.freehold.api.security;

import java.util.List;

/** Every permission that Freehold's own services ask for. */
public final class Permissions {
    public static final Permission INSTANCE_READ = Permission.of("instance:read");
    public static final Permission INSTANCE_CREATE = Permission.of("instance:create");
    public static final Permission INSTANCE_DELETE = Permission.of("instance:delete");
    /** Give an instance to another project; at the instance and at the project. */
    public static final Permission INSTANCE_UPDATE = Permission.of("instance:update");

    public static final Permission INSTANCE_START = Permission.of("instance:start");
    public static final Permission INSTANCE_STOP = Permission.of("instance:stop");
    public static final Permission INSTANCE_RESTART = Permission.of("instance:restart");
    public static final Permission INSTANCE_KILL = Permission.of("instance:kill");
    public static final Permission INSTANCE_PAUSE = Permission.of("instance:pause");
    public static final Permission INSTANCE_RESUME = Permission.of("instance:resume");
    public static final Permission INSTANCE_CONSOLE = Permission.of("instance:console");
    /** Read logs and measurements. */
    public static final Permission INSTANCE_OBSERVE = Permission.of("instance:observe");
    /** Act on instances that Freehold did not create. */
    public static final Permission INSTANCE_MANAGE_EXTERNAL = Permission.of("instance:manage-external");
    /** Give an instance something of its host: folders, named volumes, devices, namespaces, privileges. */
    public static final Permission INSTANCE_HOST_ACCESS = Permission.of("instance:host-access");

    /** See operations that others began, beyond those on instances that one sees. */
    public static final Permission OPERATION_READ = Permission.of("operation:read");
    /** Cancel operations that others began. */
    public static final Permission OPERATION_CANCEL = Permission.of("operation:cancel");

    public static final Permission BACKEND_READ = Permission.of("backend:read");
    public static final Permission BACKEND_CREATE = Permission.of("backend:create");
    public static final Permission BACKEND_UPDATE = Permission.of("backend:update");
    public static final Permission BACKEND_DELETE = Permission.of("backend:delete");
    public static final Permission BACKEND_TEST = Permission.of("backend:test");

    public static final Permission USER_READ = Permission.of("user:read");
    public static final Permission USER_CREATE = Permission.of("user:create");
    public static final Permission USER_UPDATE = Permission.of("user:update");
    public static final Permission USER_DELETE = Permission.of("user:delete");
    public static final Permission GROUP_READ = Permission.of("group:read");
    public static final Permission GROUP_CREATE = Permission.of("group:create");
    public static final Permission GROUP_UPDATE = Permission.of("group:update");
    public static final Permission GROUP_DELETE = Permission.of("group:delete");
    public static final Permission PROJECT_READ = Permission.of("project:read");
    public static final Permission PROJECT_CREATE = Permission.of("project:create");
    public static final Permission PROJECT_UPDATE = Permission.of("project:update");
    public static final Permission PROJECT_DELETE = Permission.of("project:delete");
    public static final Permission ROLE_READ = Permission.of("role:read");
    public static final Permission ROLE_CREATE = Permission.of("role:create");
    public static final Permission ROLE_UPDATE = Permission.of("role:update");
    public static final Permission ROLE_DELETE = Permission.of("role:delete");
    public static final Permission ROLE_BINDING_READ = Permission.of("role-binding:read");
    public static final Permission ROLE_BINDING_CREATE = Permission.of("role-binding:create");
    public static final Permission ROLE_BINDING_DELETE = Permission.of("role-binding:delete");

    /** See who may do what, and when they were last seen. */
    public static final Permission ACCESS_REVIEW = Permission.of("access:review");
    /** See the admission policies. */
    public static final Permission ADMISSION_READ = Permission.of("admission:read");
    /** Set admission policies: what instances may ask of their hosts. */
    public static final Permission ADMISSION_MANAGE = Permission.of("admission:manage");

    public static final Permission AUDIT_READ = Permission.of("audit:read");
    public static final Permission ALERT_READ = Permission.of("alert:read");
    /** Add, change, test and remove channels of alerts. */
    public static final Permission ALERT_MANAGE = Permission.of("alert:manage");

    public static final Permission SYSTEM_READ = Permission.of("system:read");
    public static final Permission PLUGIN_READ = Permission.of("plugin:read");
    /** Add, replace, enable, disable and remove plugins: whoever may do that may run any code in Freehold. */
    public static final Permission PLUGIN_MANAGE = Permission.of("plugin:manage");

    /** All of them, in the order in which people should see them. */
    public static final List<Permission> ALL = List.of(
            INSTANCE_READ,
            INSTANCE_OBSERVE,
            INSTANCE_CONSOLE,
            INSTANCE_START,
            INSTANCE_STOP,
            INSTANCE_RESTART,
            INSTANCE_KILL,
            INSTANCE_PAUSE,
            INSTANCE_RESUME,
            INSTANCE_CREATE,
            INSTANCE_DELETE,
            INSTANCE_UPDATE,
            INSTANCE_MANAGE_EXTERNAL,
            INSTANCE_HOST_ACCESS,
            OPERATION_READ,
            OPERATION_CANCEL,
            BACKEND_READ,
            BACKEND_CREATE,
            BACKEND_UPDATE,
            BACKEND_DELETE,
            BACKEND_TEST,
            USER_READ,
            USER_CREATE,
            USER_UPDATE,
            USER_DELETE,
            GROUP_READ,
            GROUP_CREATE,
            GROUP_UPDATE,
            GROUP_DELETE,
            PROJECT_READ,
            PROJECT_CREATE,
            PROJECT_UPDATE,
            PROJECT_DELETE,
            ROLE_READ,
            ROLE_CREATE,
            ROLE_UPDATE,
            ROLE_DELETE,
            ROLE_BINDING_READ,
            ROLE_BINDING_CREATE,
            ROLE_BINDING_DELETE,
            ACCESS_REVIEW,
            ADMISSION_READ,
            ADMISSION_MANAGE,
            AUDIT_READ,
            ALERT_READ,
            ALERT_MANAGE,
            SYSTEM_READ,
            PLUGIN_READ,
            PLUGIN_MANAGE);

    private Permissions() {}
}
