"use client";

import { InboxList } from "@/features/inbox/inbox-list";
import { TopBar } from "../top-bar";

export default function InboxPage() {
  return (
    <>
      <TopBar />
      <main tabIndex={-1} className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-12">
        <h1 className="text-xl">Waiting for you</h1>
        <InboxList />
      </main>
    </>
  );
}
