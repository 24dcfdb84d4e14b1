import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { readToken, saveToken } from "@/shared/api/token";
import { Button } from "@/shared/ui/button";
import { Field, Input } from "@/shared/ui/field";

/** The bearer token of an installation that asks for one. */
export function AccessSettings() {
  const client = useQueryClient();
  const [token, setToken] = useState("");
  const [said, setSaid] = useState("");
  const keep = (value: string): void => {
    saveToken(value);
    setToken("");
    setSaid(value ? "The token is kept in this tab until it is closed." : "The token was forgotten.");
    void client.invalidateQueries();
  };
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg">Access</h2>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          keep(token.trim());
        }}
      >
        <Field label="Access token" hint="Only where the server asks for one; it never leaves this tab but to the server." className="min-w-60 flex-1">
          {(field) => (
            <Input {...field} type="password" autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />
          )}
        </Field>
        <Button type="submit" kind="primary" disabled={!token.trim()} className="mb-5">
          Keep
        </Button>
        <Button className="mb-5" onClick={() => keep("")}>
          Forget
        </Button>
      </form>
      <p role="status" className="text-sm text-ink-soft">
        {said || (typeof window !== "undefined" && readToken() ? "A token is in use." : "")}
      </p>
    </section>
  );
}
