"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { useState, type ReactNode } from "react";
import { SignIn } from "@/features/access/sign-in";
import { Commands } from "@/features/commands/commands";
import { Notifier } from "@/features/notifying/notifier";
import { asProblem } from "@/shared/api/problem";
import { Toasts } from "@/shared/ui/toasts";

/** Asks again only where another answer may come. */
function worthAnotherTry(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < 3 && (status === 0 || status === 429 || status >= 500);
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: worthAnotherTry } } }),
  );
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={client}>
        <Toasts>
          {children}
          <Notifier />
          <Commands />
          <SignIn />
        </Toasts>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
