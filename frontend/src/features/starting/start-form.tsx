import { ArrowRight, ListChecks } from "lucide-react";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useChosenProject } from "@/shared/api/reading/chosen-project";
import { useLater } from "@/shared/lib/use-later";
import { Button } from "@/shared/ui/button";

import { DatasetDrop, type Dataset } from "./dataset-drop";
import { ProjectField } from "./project-field";

const loadGuidedForm = async () => (await import("./guided-form")).GuidedForm;

interface StartFormProps {
  brief: string;
  onBrief: (brief: string) => void;
  busy: boolean;
  onStart: (design: Schemas["ChatCreate"]) => void;
}

/** Where a design begins: the brief in plain words. */
export function StartForm({ brief, onBrief, busy, onStart }: StartFormProps) {
  const [dataset, setDataset] = useState<Dataset | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const { part: GuidedForm, want } = useLater(loadGuidedForm);
  const guided = asked && GuidedForm !== null;
  const [constraints, setConstraints] = useState<Record<string, unknown>>({});
  const [project, setProject] = useChosenProject();
  const ready = Boolean(brief.trim()) && !busy;
  const start = (): void => {
    if (!ready) return;
    const table = dataset ? { dataset_id: dataset.id, target } : {};
    onStart({ message: brief, project_id: project, ...table, constraints: guided ? constraints : {} });
  };
  const choose = (chosen: Dataset | null): void => {
    setDataset(chosen);
    setTarget(chosen?.profile.targets?.[0]?.column ?? chosen?.profile.columns[0]?.name ?? null);
  };
  return (
    <form
      className="flex flex-col rounded-lg border border-line-strong bg-surface shadow-card focus-within:border-accent-ink has-[#brief:focus-visible]:outline-2 has-[#brief:focus-visible]:outline-accent-ink"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <label htmlFor="brief" className="sr-only">
        What should the system do?
      </label>
      <textarea
        id="brief"
        rows={4}
        value={brief}
        placeholder="What should it predict, for whom, how fast, how often, where, and what may it cost?"
        className="max-h-96 min-h-28 resize-none rounded-t-lg bg-transparent p-4 text-base outline-none [field-sizing:content] placeholder:text-ink-soft"
        onChange={(event) => onBrief(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          start();
        }}
      />
      {guided ? <GuidedForm values={constraints} onValues={setConstraints} /> : null}
      <div className="flex flex-wrap items-end gap-2 p-3">
        <DatasetDrop dataset={dataset} target={target} onDataset={choose} onTarget={setTarget} />
        <Button
          kind="quiet"
          className="px-2"
          aria-expanded={guided}
          onClick={() => {
            setAsked(!guided);
            if (!guided) want();
          }}
        >
          <ListChecks aria-hidden />
          {guided ? "Without the form" : "Guided form"}
        </Button>
        <ProjectField chosen={project} onChoose={setProject} />
        <Button type="submit" kind="primary" className="ml-auto" busy={busy} disabled={!ready}>
          Design it
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </form>
  );
}
