export interface TreeFile {
  path: string;
}

export interface TreeNode<F extends TreeFile = TreeFile> {
  name: string;
  path: string;
  /** Null: a folder. */
  file: F | null;
  children: TreeNode<F>[];
}

export interface TreeRow<F extends TreeFile = TreeFile> {
  node: TreeNode<F>;
  level: number;
  position: number;
  siblings: number;
}

const byName = (a: TreeNode, b: TreeNode): number =>
  Number(a.file !== null) - Number(b.file !== null) || a.name.localeCompare(b.name, "en", { numeric: true });

/** Folders and files out of paths: folders first, each level by name. */
export function buildTree<F extends TreeFile>(files: readonly F[]): TreeNode<F>[] {
  const folders = new Map<string, TreeNode<F>>();
  const root: TreeNode<F> = { name: "", path: "", file: null, children: [] };
  const folderOf = (path: string): TreeNode<F> => {
    if (!path) return root;
    const known = folders.get(path);
    if (known) return known;
    const made: TreeNode<F> = { name: baseOf(path), path, file: null, children: [] };
    folders.set(path, made);
    folderOf(parentOf(path)).children.push(made);
    return made;
  };
  for (const file of files) {
    folderOf(parentOf(file.path)).children.push({ name: baseOf(file.path), path: file.path, file, children: [] });
  }
  for (const folder of [root, ...folders.values()]) folder.children.sort(byName);
  return root.children;
}

/** The rows that are in sight while these folders are open, from top to bottom. */
export function rowsOf<F extends TreeFile>(nodes: readonly TreeNode<F>[], open: ReadonlySet<string>, level = 1): TreeRow<F>[] {
  return nodes.flatMap((node, index) => [
    { node, level, position: index + 1, siblings: nodes.length },
    ...(node.file === null && open.has(node.path) ? rowsOf(node.children, open, level + 1) : []),
  ]);
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Every folder above the path, the outermost first. */
export function foldersAbove(path: string): string[] {
  const parent = parentOf(path);
  return parent ? [...foldersAbove(parent), parent] : [];
}
