import Link from "next/link";
import { paths } from "@/shared/config/paths";

export function Wordmark() {
  return (
    <Link href={paths.home} className="flex items-center gap-2 rounded font-display text-base font-medium whitespace-nowrap">
      <svg viewBox="0 0 32 32" aria-hidden className="size-6">
        <rect width="32" height="32" rx="7" className="fill-[#2D1B00] dark:fill-[#F5E6D3]" />
        <path d="M7 23 13 11l6 9 6-13" fill="none" stroke="#E67E22" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Agentic MLOps
    </Link>
  );
}
