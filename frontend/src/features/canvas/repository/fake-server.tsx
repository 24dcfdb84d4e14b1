import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext, SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { Toasts } from "@/shared/ui/toasts";

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
}

type Answer = (asked: Asked) => Response;

/** Answers by method and path; what is not among them is not found. */
export function serve(answers: Record<string, Answer>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal("fetch", async (input: Request | string, init: RequestInit = {}) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const asked = { method: request.method, path: pathname + search, headers: request.headers };
    log.push(asked);
    const answer = answers[`${asked.method} ${asked.path}`] ?? answers[`${asked.method} ${pathname}`];
    return answer ? answer(asked) : json({ title: "Not found", detail: "There is no such thing here." }, 404);
  });
  return log;
}

export const json = (value: unknown, status = 200): Response => Response.json(value, { status });

export const text = (content: string): Response => new Response(content, { headers: { "content-type": "text/plain; charset=utf-8" } });

export const bytes = (): Response =>
  new Response(new Uint8Array([0x89, 0xff]), { headers: { "content-type": "application/octet-stream" } });

/** Renders with what the page has around everything. */
export function open(page: ReactNode, push: (href: string) => void = () => undefined): RenderResult {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = { push, replace: push, prefetch: () => undefined } as unknown as AppRouterInstance;
  return render(page, {
    wrapper: ({ children }) => (
      <AppRouterContext value={router}>
        <PathnameContext value="/runs/">
          <SearchParamsContext value={new URLSearchParams()}>
            <QueryClientProvider client={client}>
              <Toasts>{children}</Toasts>
            </QueryClientProvider>
          </SearchParamsContext>
        </PathnameContext>
      </AppRouterContext>
    ),
  });
}
