package org.machineregistry.machine;

import org.machineregistry.http.Problems;
import org.machineregistry.text.VisibleText;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * What is to be changed of a machine; what is null stays as it is.
 *
 * @param owner to whom it is handed over
 */
record ChangeMachine(@MachineName(optional = true) String name, String owner) {
    ChangeMachine {
        name = name == null ? null : VisibleText.compose(name);
    }

    /** @throws HttpProblem 400 where nothing is asked for */
    void requireAny() {
        if (name == null && owner == null) {
            throw Problems.invalid("name", "is needed where nothing else is changed");
        }
    }
}
