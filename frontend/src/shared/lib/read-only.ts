import { createContext, useContext } from "react";

/** True where a link shows a design to be read: what would change something, or ask for more than the link opens, is
 * left out there. */
export const ReadOnly = createContext(false);

export const useReadOnly = (): boolean => useContext(ReadOnly);
