import { useEffect, useState } from "react";
import { onTokenAsked } from "@/shared/api/token";
import { useLater } from "@/shared/lib/use-later";

const loadDialog = () => import("./sign-in-dialog").then((module) => module.SignInDialog);

/** Asks for the token of the installation as soon as the server asks for one, wherever a link led to. */
export function SignIn() {
  const [asked, setAsked] = useState(false);
  const { part: SignInDialog, want } = useLater(loadDialog);
  useEffect(
    () =>
      onTokenAsked(() => {
        setAsked(true);
        want();
      }),
    [want],
  );
  return asked && SignInDialog ? <SignInDialog onClose={() => setAsked(false)} /> : null;
}
