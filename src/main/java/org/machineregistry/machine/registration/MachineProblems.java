package org.machineregistry.machine.registration;

import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.QuotaExceededException;

class MachineProblems {
    @ServerExceptionMapper
    Response toProblem(MachineIdTakenException taken) {
        return of(taken).toResponse();
    }

    @ServerExceptionMapper
    Response toProblem(QuotaExceededException exceeded) {
        return of(exceeded).toResponse();
    }

    static HttpProblem of(MachineIdTakenException taken) {
        return Problems.conflict("Machine ID already exists. Choose another, or leave it to the service.",
                taken.violations).withTitle("Machine ID already exists");
    }

    static HttpProblem of(QuotaExceededException exceeded) {
        return Problems.of(403, exceeded.getMessage());
    }
}
