import { DELETING } from './bulk';
import { BulkDialog, type BulkProps } from './BulkDialog';

export function DeleteDialog(props: BulkProps) {
  return (
    <BulkDialog
      {...props}
      title={(machines) => `Delete ${machines}?`}
      action={(machines) => `Delete ${machines}`}
      past={(machines) => `${machines} deleted`}
      danger
      work={() => DELETING}
    >
      <p>They leave the list, their tokens stop working within a second, and agents that run with them end. This cannot be undone.</p>
    </BulkDialog>
  );
}
