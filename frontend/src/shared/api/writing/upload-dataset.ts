import { useMutation } from "@tanstack/react-query";
import { authorisedFetch } from "../fetching";
import type { Schemas } from "../client";

/** Hands a table over and is told what it holds; the same bytes are kept once. */
export function useUploadDataset() {
  return useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append("file", file, file.name);
      const response = await authorisedFetch("/api/datasets", { method: "POST", body: form });
      return (await response.json()) as Schemas["DatasetProfileRead"];
    },
  });
}
