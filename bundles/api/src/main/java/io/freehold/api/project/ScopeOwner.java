package io.freehold.api.project;

import io.freehold.api.security.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Knows what is at scopes; offered by the bundle whose backends and instances they are. Answers from memory. */
@ProviderType
public interface ScopeOwner {

    /** Whether a backend or an instance is at the scope, and is not being removed. */
    boolean exists(Scope scope);

    /** Whether an instance belongs to the project at the scope, or is about to. */
    boolean isUsed(Scope project);
}
