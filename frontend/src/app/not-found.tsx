import Link from "next/link";
import { paths } from "@/shared/config/paths";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/states";

export default function NotFound() {
  return (
    <main>
      <EmptyState title="There is no such page">
        <Button asChild kind="primary" className="mt-2">
          <Link href={paths.home}>To the start</Link>
        </Button>
      </EmptyState>
    </main>
  );
}
