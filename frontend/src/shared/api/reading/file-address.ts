import { Problem } from "../problem";

/** The address of one file of the repository.
 *
 * @throws Problem the path has a step up or none: a browser would take it out of the address and ask for something else.
 */
export function fileAddress(id: string, path: string): string {
  const steps = path.split("/");
  if (steps.some((step) => step === "." || step === "..")) {
    throw new Problem({
      code: "page.path_leads_away",
      detail: "The path of this file leads out of the repository, so it is not opened.",
      advice: "It is in the packed repository under this very name; look at it with care.",
      status: 422,
    });
  }
  return `/api/decision-sets/${encodeURIComponent(id)}/files/${steps.map(encodeURIComponent).join("/")}`;
}
