package org.machineregistry.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** Says which labels are at fault, each by its key. */
// Hibernate Validator makes it, by its public constructor.
public class LabelMapValidator implements ConstraintValidator<LabelMap, Map<String, String>> {
    private boolean patch;

    @Override
    public void initialize(LabelMap constraint) {
        patch = constraint.patch();
    }

    @Override
    public boolean isValid(Map<String, String> labels, ConstraintValidatorContext context) {
        if (labels == null) {
            return true;
        }
        boolean isTooLarge = !patch && labels.size() > LabelRules.MOST_LABELS;
        List<LabelRules.Fault> faults = new ArrayList<>(
                isTooLarge ? List.of(new LabelRules.Fault(null, LabelRules.TOO_MANY)) : LabelRules.faultsOf(labels));
        if (!patch && faults.isEmpty()) {
            labels.forEach((key, value) -> {
                if (value == null) {
                    faults.add(new LabelRules.Fault(key, "must not be null"));
                }
            });
        }
        context.disableDefaultConstraintViolation();
        faults.forEach(fault -> add(fault, context));
        return faults.isEmpty();
    }

    private static void add(LabelRules.Fault fault, ConstraintValidatorContext context) {
        var violation = context.buildConstraintViolationWithTemplate(fault.message());
        if (fault.key() == null) {
            violation.addConstraintViolation();
        } else {
            violation.addPropertyNode(fault.key()).addConstraintViolation();
        }
    }
}
