package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plugins as the API offers them: who may, and then how. */
final class AuthorizedPlugins implements PluginService {
    private final Plugins plugins;
    private final JarStore store;
    private final Authorizer authorizer;
    private final AuditLog audit;

    AuthorizedPlugins(Plugins plugins, JarStore store, Authorizer authorizer, AuditLog audit) {
        this.audit = audit;
        this.plugins = plugins;
        this.store = store;
        this.authorizer = authorizer;
    }

    @Override
    public List<Plugin> list(Caller caller) {
        authorizer.require(caller, Permissions.PLUGIN_READ, "plugins");
        return plugins.board().all();
    }

    @Override
    public Plugin get(Caller caller, String id) {
        return find(caller, Permissions.PLUGIN_READ, id);
    }

    @Override
    public Plugin upload(Caller caller, InputStream jar) {
        authorizer.require(caller, Permissions.PLUGIN_MANAGE, "plugins");
        return bring(caller, null, jar);
    }

    @Override
    public Plugin update(Caller caller, String id, InputStream jar) {
        find(caller, Permissions.PLUGIN_MANAGE, id);
        return bring(caller, id, jar);
    }

    private Plugin bring(Caller caller, @Nullable String id, InputStream in) {
        return done(() -> {
            Path copy = store.take(in);
            try {
                PluginJar jar = readable(caller, id, copy);
                plugins.bring(caller, jar, Source.UPLOADED);
                return jar.id();
            } finally {
                Files.deleteIfExists(copy);
            }
        });
    }

    /** What nobody can read has no life in which it could be recorded as refused. */
    private PluginJar readable(Caller caller, @Nullable String id, Path copy) throws IOException {
        FreeholdException refusal;
        try {
            PluginJar jar = PluginJar.read(copy);
            if (id == null || id.equals(jar.id())) {
                return jar;
            }
            refusal = PluginJar.refused("It is the plugin " + jar.id() + ", not " + id + ".");
        } catch (PluginJar.Incomplete e) {
            refusal = PluginJar.refused(PluginJar.problem(e));
        } catch (FreeholdException e) {
            refusal = e;
        }
        audit.record(
                caller,
                "plugin.install",
                id == null ? "plugins" : "plugins/" + id,
                Outcome.FAILURE,
                PluginJar.problem(refusal));
        throw refusal;
    }

    @Override
    public Plugin enable(Caller caller, String id) {
        find(caller, Permissions.PLUGIN_MANAGE, id);
        return done(() -> {
            plugins.enable(caller, id);
            return id;
        });
    }

    @Override
    public Plugin disable(Caller caller, String id) {
        find(caller, Permissions.PLUGIN_MANAGE, id);
        return done(() -> {
            plugins.disable(caller, id);
            return id;
        });
    }

    @Override
    public Plugin rollBack(Caller caller, String id) {
        find(caller, Permissions.PLUGIN_MANAGE, id);
        return done(() -> {
            plugins.rollBack(caller, id);
            return id;
        });
    }

    @Override
    public void uninstall(Caller caller, String id) {
        find(caller, Permissions.PLUGIN_MANAGE, id);
        try {
            plugins.uninstall(caller, id);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Plugin find(Caller caller, Permission permission, String id) {
        authorizer.require(caller, permission, Permissions.PLUGIN_READ, List.of(), "plugin", "plugins/" + id);
        return plugins.board().find(id).orElseThrow(() -> FreeholdException.notFound("plugin"));
    }

    /** Something that answers with the id of the plugin that it changed. */
    private interface Change {
        String run() throws IOException;
    }

    private Plugin done(Change change) {
        try {
            String id = change.run();
            return plugins.board().find(id).orElseThrow(() -> FreeholdException.notFound("plugin"));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static FreeholdException unusable(IOException e) {
        return new FreeholdException(
                ErrorCode.UNAVAILABLE, "The plugins' folder in the data folder cannot be used; see the log.", e);
    }
}
