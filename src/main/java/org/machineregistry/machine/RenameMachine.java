package org.machineregistry.machine;

import org.machineregistry.text.VisibleText;

record RenameMachine(@MachineName String name) {
    RenameMachine {
        name = name == null ? null : VisibleText.compose(name);
    }
}
