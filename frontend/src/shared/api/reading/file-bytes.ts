import { authorisedFetch } from "../fetching";
import { saveBlob } from "./artifact";
import { fileAddress } from "./file-address";

/** Hands one file of the repository to the browser, byte by byte as it is. */
export async function downloadFile(id: string, path: string, name: string): Promise<void> {
  const response = await authorisedFetch(fileAddress(id, path));
  saveBlob(await response.blob(), name);
}
