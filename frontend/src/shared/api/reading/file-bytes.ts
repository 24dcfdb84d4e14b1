import { authorisedFetch } from "../fetching";
import { saveBlob } from "./artifact";

/** Hands one file of the repository to the browser, byte by byte as it is. */
export async function downloadFile(id: string, path: string, name: string): Promise<void> {
  const address = path.split("/").map(encodeURIComponent).join("/");
  const response = await authorisedFetch(`/api/decision-sets/${encodeURIComponent(id)}/files/${address}`);
  saveBlob(await response.blob(), name);
}
