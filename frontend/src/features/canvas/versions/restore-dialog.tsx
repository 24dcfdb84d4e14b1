import { useRouter } from "next/navigation";
import { useState } from "react";
import { newKey } from "@/shared/api/client";
import { useRestoreVersion } from "@/shared/api/writing/restore-version";
import { paths } from "@/shared/config/paths";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState } from "@/shared/ui/states";
import { useToast } from "@/shared/ui/toasts";
import { visible } from "../repository/visible";
import type { Version } from "./lineage";

/** Asks before an earlier version becomes the newest one again, and says what that does and what it leaves alone. */
export function RestoreDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const [key] = useState(newKey);
  const restoring = useRestoreVersion();
  const router = useRouter();
  const say = useToast();
  const name = `version ${version.version}`;
  const restore = (): void =>
    restoring.mutate(
      { id: version.id, key },
      {
        onSuccess: (made) => {
          onClose();
          say({ title: `Restored ${name}`, text: "It is a new version now, the newest one." });
          router.push(paths.run(made.decision_set_id, "versions"));
        },
      },
    );
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Restore ${name}?`} description={visible(version.title)}>
      <ul className="flex list-disc flex-col gap-2 pl-5 text-sm">
        <li>A new version is made of it: the same design and the same files, to the byte.</li>
        <li>It becomes the newest version, and what you write next goes on from it.</li>
        <li>Nothing is lost: the versions in between stay as they are and can be restored in the same way.</li>
        <li>No step runs again and nothing has to be approved anew.</li>
      </ul>
      {restoring.error ? <ErrorState error={restoring.error} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" busy={restoring.isPending} onClick={restore}>
          Restore {name}
        </Button>
      </div>
    </Dialog>
  );
}
