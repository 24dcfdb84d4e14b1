"use client";

import Link from "next/link";
import { Suspense } from "react";
import { paths } from "@/shared/config/paths";
import { useAddress } from "@/shared/lib/use-address";
import { Button } from "@/shared/ui/button";
import { EmptyState, LoadingState } from "@/shared/ui/states";
import { TopBar } from "../top-bar";
import { Workspace } from "./workspace";

export default function RunPage() {
  return (
    <Suspense fallback={<LoadingState label="Opening the design" />}>
      <ChosenRun />
    </Suspense>
  );
}

function ChosenRun() {
  const [params] = useAddress();
  const id = params.get("id");
  if (id) return <Workspace id={id} />;
  return (
    <>
      <TopBar />
      <main tabIndex={-1}>
        <EmptyState page title="No design was chosen">
          <Button asChild kind="primary" className="mt-2">
            <Link href={paths.home}>Start one</Link>
          </Button>
        </EmptyState>
      </main>
    </>
  );
}
