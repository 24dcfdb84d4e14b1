import { paths } from "@/shared/config/paths";

/** Every page has this with it, so it needs nothing but itself. */
export default function NotFound() {
  return (
    <main className="flex flex-col items-center gap-4 px-6 py-12 text-center">
      <h1 className="text-lg">There is no such page</h1>
      <a
        href={paths.home}
        className="inline-flex min-h-9 items-center rounded bg-accent px-4 text-sm font-medium text-on-accent hover:brightness-105"
      >
        To the start
      </a>
    </main>
  );
}
