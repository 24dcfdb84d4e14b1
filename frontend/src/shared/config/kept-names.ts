/** Under this name the page keeps which project somebody works in: its designs are listed, and new ones go there. */
export const PROJECT = "project";
