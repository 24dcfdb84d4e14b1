"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Examples } from "@/features/starting/examples";
import { RecentDesigns } from "@/features/designs/recent-designs";
import { StartForm } from "@/features/starting/start-form";
import { useStartDesign } from "@/shared/api/writing/start-design";
import { paths } from "@/shared/config/paths";
import { ErrorState } from "@/shared/ui/states";
import { TopBar } from "./top-bar";

const STEPS = [
  ["You describe", "Plain words become typed requirements, each with the words it was read from."],
  ["You decide", "The cheapest architecture that meets every hard requirement, priced line by line, stops at your approval."],
  ["You own", "A complete repository, checked on the very files you download, with the reason for every choice."],
] as const;

export default function LandingPage() {
  const router = useRouter();
  const [brief, setBrief] = useState("");
  const starting = useStartDesign();
  return (
    <>
      <TopBar />
      <main tabIndex={-1} className="mx-auto flex max-w-5xl flex-col gap-16 px-4 pt-12 pb-24 sm:pt-20">
        <section className="flex flex-col gap-8">
          <div className="flex max-w-3xl flex-col gap-4">
            <h1 className="text-xl sm:text-2xl">Describe a machine-learning system. Get a repository you can own.</h1>
            <p className="max-w-prose text-base text-ink-soft">
              An architecture on AWS that meets your latency, budget and compliance, with the price and the reason of every
              part. You approve it before anything is written.
            </p>
          </div>
          <StartForm
            brief={brief}
            onBrief={setBrief}
            busy={starting.isPending}
            onStart={(design) =>
              starting.mutate(design, { onSuccess: (started) => router.push(paths.run(started.decision_set_id)) })
            }
          />
          {starting.error ? <ErrorState error={starting.error} /> : null}
          <Examples onChoose={setBrief} />
        </section>
        <RecentDesigns />
        <section aria-label="How it works" className="grid gap-8 border-t border-line pt-8 sm:grid-cols-3">
          {STEPS.map(([title, text]) => (
            <div key={title} className="flex flex-col gap-1">
              <h2 className="text-lg">{title}</h2>
              <p className="text-sm text-ink-soft">{text}</p>
            </div>
          ))}
        </section>
      </main>
    </>
  );
}
