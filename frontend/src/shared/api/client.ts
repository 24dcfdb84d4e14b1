import createClient from "openapi-fetch";
import { authorisedFetch } from "./fetching";
import type { components, paths } from "./schema";

/** The API as its OpenAPI document describes it; calls throw a Problem instead of returning an error. */
export const api = createClient<paths>({ fetch: (request) => authorisedFetch(request) });

export type Schemas = components["schemas"];

/** One key a click: the same request sent twice is carried out once. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("-");

/** The body of an answer; a failed call has thrown before. */
export function body<T>(answer: { data?: T }): T {
  return answer.data as T;
}
