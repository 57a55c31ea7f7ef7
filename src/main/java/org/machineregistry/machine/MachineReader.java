package org.machineregistry.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;

/** Reads entries of lists for others. Both calls block, and are one statement each. */
@ApplicationScoped
public class MachineReader {
    /** The lists of these owners, each in its order. */
    @ActivateRequestContext
    public Map<String, List<MachineView>> listsOf(Set<String> owners) {
        Map<String, List<MachineView>> lists = new HashMap<>();
        for (OwnedView view : Machine.listsOf(owners)) {
            lists.computeIfAbsent(view.owner(), owner -> new ArrayList<>()).add(view.machine());
        }
        return lists;
    }

    /** Those of these machines that still exist. */
    @ActivateRequestContext
    public List<OwnedView> find(Collection<String> machineIds) {
        return Machine.views(machineIds);
    }
}
