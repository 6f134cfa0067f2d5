package io.freehold.rest.view;

import io.freehold.api.Page;
import io.freehold.api.instance.Instance;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.WeakIdentityCache;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances as bytes. Each is serialised once for as long as the inventory keeps that very record, so that a
 * list is a matter of copying.
 */
public final class InstanceJson {
    private static final byte[] HEAD = "{\"items\":[".getBytes(StandardCharsets.UTF_8);

    private final Json json;
    private final WeakIdentityCache<Instance, byte[]> known;

    public InstanceJson(Json json) {
        this.json = json;
        this.known = new WeakIdentityCache<>(instance -> json.bytes(InstanceView.of(instance)));
    }

    /** One instance. The array is shared: it is only read. */
    public byte[] bytes(Instance instance) {
        return known.get(instance);
    }

    /** A page of instances in the form of {@link ListView}. */
    public byte[] bytes(Page<Instance> page) {
        List<byte[]> items = new ArrayList<>(page.items().size());
        int size = HEAD.length;
        for (Instance instance : page.items()) {
            byte[] item = bytes(instance);
            items.add(item);
            size += item.length + 1;
        }
        String cursor = page.nextCursor() == null ? "null" : json.text(page.nextCursor());
        byte[] tail =
                ("],\"nextCursor\":" + cursor + ",\"total\":" + page.total() + "}").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[size + tail.length - (items.isEmpty() ? 0 : 1)];
        System.arraycopy(HEAD, 0, all, 0, HEAD.length);
        int at = HEAD.length;
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                all[at++] = ',';
            }
            byte[] item = items.get(i);
            System.arraycopy(item, 0, all, at, item.length);
            at += item.length;
        }
        System.arraycopy(tail, 0, all, at, tail.length);
        return all;
    }
}
