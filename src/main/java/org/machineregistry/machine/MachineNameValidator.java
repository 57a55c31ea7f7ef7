package org.machineregistry.machine;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import org.machineregistry.text.VisibleText;

/** Says which character of a name is at fault: whoever pasted one cannot see it. */
// Hibernate Validator makes it, by its public constructor.
public class MachineNameValidator implements ConstraintValidator<MachineName, String> {
    private static final int LONGEST = 100;

    private boolean optional;

    @Override
    public void initialize(MachineName constraint) {
        optional = constraint.optional();
    }

    @Override
    public boolean isValid(String name, ConstraintValidatorContext context) {
        if (name == null) {
            return optional;
        }
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST) {
            return false;
        }
        int invisible = VisibleText.findInvisible(name);
        if (invisible == VisibleText.NONE) {
            return true;
        }
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(VisibleText.mustNotContain(invisible)).addConstraintViolation();
        return false;
    }
}
