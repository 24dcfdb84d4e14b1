import { useState } from "react";
import { readToken, saveToken } from "@/shared/api/token";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Field, Input } from "@/shared/ui/field";

/** Takes the token and opens the page that was asked for with it. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState("");
  const refused = readToken() !== null;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="This server asks for a token"
      description="Whoever runs it can give you one. It is kept in this tab until the tab is closed, and sent to this server only."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          saveToken(token.trim());
          // The stream and everything that was refused begin anew, at the address to which the link led.
          window.location.reload();
        }}
      >
        <Field label="Access token" error={refused ? "The token that this tab has was refused." : undefined}>
          {(field) => (
            <Input {...field} type="password" autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />
          )}
        </Field>
        <Button type="submit" kind="primary" className="self-start" disabled={!token.trim()}>
          Go on
        </Button>
      </form>
    </Dialog>
  );
}
