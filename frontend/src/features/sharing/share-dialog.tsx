import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { useShares } from "@/shared/api/reading/shares";
import { useCreateShare, useRevokeShare } from "@/shared/api/writing/share";
import { dateTime, words } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Field, Input, Select } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { useToast } from "@/shared/ui/toasts";

const DAYS = [1, 7, 30, 90, 365];

interface ShareDialogProps {
  id: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes and closes links through which others can look at this version. */
export function ShareDialog({ id, open, onOpenChange }: ShareDialogProps) {
  const creating = useCreateShare(id);
  const [days, setDays] = useState(30);
  const [note, setNote] = useState("");
  const made = creating.data;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Share this version"
      description="Whoever has the link can look at this version, its files and its reasons, and change nothing."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          creating.mutate({ expires_in_days: days, note });
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Works for">
            {(field) => (
              <Select {...field} value={days} onChange={(event) => setDays(Number(event.target.value))}>
                {DAYS.map((count) => (
                  <option key={count} value={count}>
                    {count === 1 ? "1 day" : `${count} days`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Note" hint="For whom it is; only you see it.">
            {(field) => <Input {...field} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />}
          </Field>
        </div>
        {creating.error ? <ErrorState error={creating.error} /> : null}
        <Button type="submit" kind="primary" className="self-start" busy={creating.isPending}>
          Make a link
        </Button>
      </form>
      {made ? <MadeLink address={`${window.location.origin}${made.path}`} /> : null}
      <Links id={id} open={open} />
    </Dialog>
  );
}

function MadeLink({ address }: { address: string }) {
  const say = useToast();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex gap-2">
        <Input readOnly aria-label="The link" value={address} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void navigator.clipboard.writeText(address).then(() => say({ title: "The link was copied" }))}>
          <Copy aria-hidden />
          Copy
        </Button>
      </div>
      <p className="text-xs text-ink-soft">It is shown this once; only its digest is kept.</p>
    </div>
  );
}

function Links({ id, open }: { id: string; open: boolean }) {
  const shares = useShares(id, open);
  const revoking = useRevokeShare(id);
  const links = shares.data?.items ?? [];
  if (shares.error) return <ErrorState error={shares.error} />;
  if (!links.length) return null;
  return (
    <section aria-label="Links" className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">Links so far</h3>
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {links.map((link) => (
          <li key={link.id} className="flex items-center gap-3 py-2 text-sm">
            <span className="min-w-0 flex-1 truncate">{link.note || "Without a note"}</span>
            <span className="text-xs text-ink-soft">
              {link.status === "active" ? `until ${dateTime(link.expires_at)}` : words(link.status)}
            </span>
            {link.status === "active" ? (
              <IconButton label={`Close the link ${link.note}`} onClick={() => revoking.mutate(link.id)}>
                <Trash2 aria-hidden />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
