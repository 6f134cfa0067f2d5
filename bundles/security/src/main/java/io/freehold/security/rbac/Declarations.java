package io.freehold.security.rbac;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the permissions that several declare are in force: those of a resource are whose who declared any of them
 * first, and when that one is gone, whose who came next.
 *
 * @param <B> who declares
 */
final class Declarations<B> {
    /** In the order in which they came. */
    private final Map<B, List<DeclaredPermission>> declared = new LinkedHashMap<>();

    /** Somebody declares these from now on, and nothing else. */
    void put(B declarer, List<DeclaredPermission> permissions) {
        if (permissions.isEmpty()) {
            declared.remove(declarer);
        } else {
            declared.put(declarer, permissions);
        }
    }

    List<DeclaredPermission> inForce() {
        Map<String, B> holders = new HashMap<>();
        List<DeclaredPermission> inForce = new ArrayList<>();
        declared.forEach((declarer, permissions) -> permissions.forEach(each -> {
            holders.putIfAbsent(each.permission().resource(), declarer);
            if (declarer.equals(holders.get(each.permission().resource()))) {
                inForce.add(each);
            }
        }));
        return inForce;
    }
}
