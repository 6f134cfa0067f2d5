package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Manages users on behalf of a caller. Everybody may see themselves. What a caller may not see is
 * {@code NOT_FOUND}. The last enabled administrator cannot be disabled or deleted: {@code CONFLICT}.
 */
@ProviderType
public interface UserService {

    /**
     * A user of another program.
     *
     * @param passwordHash bcrypt, Argon2 in its encoded form, or SHA-256 as 64 hexadecimal digits
     */
    record ImportedUser(
            String username, Secret passwordHash, @Nullable String email) {}

    /**
     * @throws FreeholdException {@code DENIED}
     */
    Page<User> list(Caller caller, PageRequest page);

    /**
     * Those who still have the password hash of another program, usable or expired.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Page<User> legacy(Caller caller, PageRequest page);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    User get(Caller caller, UUID id);

    /**
     * The user with that name, in any case; used by the command line.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    User find(Caller caller, String username);

    /**
     * Creates a user who may do nothing until a role is bound.
     *
     * @throws FreeholdException {@code INVALID} naming {@code username}, {@code password} or {@code email};
     *     {@code CONFLICT} if the name is taken; {@code DENIED}
     */
    default User create(Caller caller, String username, Secret password, @Nullable String email) {
        return create(caller, username, password, email, Set.of());
    }

    /**
     * Creates a user who is a member of groups, for which the caller must be able to take somebody into each.
     *
     * @param groups ids of groups
     * @throws FreeholdException as without groups; {@code INVALID} naming {@code groups} if there is no such group
     */
    User create(Caller caller, String username, Secret password, @Nullable String email, Set<UUID> groups);

    /**
     * Creates users with the hashes that another program made of their passwords, all of them or none. They may do
     * nothing until a role is bound. At the first good sign-in a hash of today takes the place of the old one; who
     * does not come back within the time that is set signs in no more until the password is reset.
     *
     * @throws FreeholdException {@code INVALID} naming {@code users[i].username}, {@code .passwordHash} or
     *     {@code .email}; {@code CONFLICT} if a name is taken; {@code DENIED}
     */
    List<User> importAll(Caller caller, List<ImportedUser> users);

    /**
     * Changes the address; null removes it.
     *
     * @param version {@link User#version()} that the change is based on
     * @throws FreeholdException {@code STALE} if the user has changed since
     */
    User update(Caller caller, UUID id, @Nullable String email, long version);

    /** Lets a user sign in or not; without it, the user's sessions end at once. */
    User setEnabled(Caller caller, UUID id, boolean enabled);

    /** Forgets the failed sign-ins that keep a user out. */
    User unlock(Caller caller, UUID id);

    /**
     * Replaces the password by a generated one that must be changed at the next sign-in, and ends the
     * user's sessions.
     *
     * @return the generated password; it is not kept and cannot be asked for again
     */
    Secret resetPassword(Caller caller, UUID id);

    /** Deletes a user with its sessions, memberships and role bindings. */
    void delete(Caller caller, UUID id);
}
