import { Inbox, Settings } from "lucide-react";
import Link from "next/link";
import { paths } from "@/shared/config/paths";
import { useInbox } from "@/shared/api/reading/inbox";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { SkipLink } from "@/shared/ui/skip-link";
import { ThemeSwitch } from "@/shared/ui/theme-switch";
import { Wordmark } from "@/shared/ui/wordmark";

/** The bar of every page that is not a design. */
export function TopBar() {
  const waiting = useInbox().data?.items.length ?? 0;
  return (
    <header className="flex h-14 items-center gap-1 border-b border-line px-4">
      <SkipLink label="Skip to the content" />
      <Wordmark />
      <nav aria-label="Pages" className="ml-auto flex items-center gap-1">
        <Button asChild kind="quiet" className="px-2 sm:px-4">
          <Link href={paths.inbox}>
            <Inbox aria-hidden />
            <span className="max-sm:sr-only">Inbox</span>
            {waiting ? <Badge tone="accent">{waiting}</Badge> : null}
          </Link>
        </Button>
        <Button asChild kind="quiet" className="px-2 sm:px-4">
          <Link href={paths.settings}>
            <Settings aria-hidden />
            <span className="max-sm:sr-only">Settings</span>
          </Link>
        </Button>
      </nav>
      {/* A phone has no room for it; it is in the settings, too. */}
      <div className="max-sm:hidden">
        <ThemeSwitch />
      </div>
    </header>
  );
}
