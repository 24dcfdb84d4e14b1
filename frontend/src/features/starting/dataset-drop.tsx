import { FileSpreadsheet, Paperclip, X } from "lucide-react";
import { useDropzone } from "react-dropzone";
import type { Schemas } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { useUploadDataset } from "@/shared/api/writing/upload-dataset";
import { bytes, counted, percent } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/button";
import { Field, Select } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { Reading } from "./reading";

export type Dataset = Schemas["DatasetProfileRead"];

const LARGEST = 200_000_000;
const ACCEPTED = {
  "text/csv": [".csv", ".tsv"],
  "application/vnd.apache.parquet": [".parquet"],
  "application/x-ndjson": [".jsonl", ".ndjson"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
};

interface DatasetDropProps {
  dataset: Dataset | null;
  target: string | null;
  onDataset: (dataset: Dataset | null) => void;
  onTarget: (target: string) => void;
}

/** Takes a table by drop or by choice, shows what it holds, and asks which column is to be predicted. */
export function DatasetDrop({ dataset, target, onDataset, onTarget }: DatasetDropProps) {
  const uploading = useUploadDataset();
  const { getRootProps, getInputProps, open, isDragActive, fileRejections } = useDropzone({
    accept: ACCEPTED,
    maxSize: LARGEST,
    multiple: false,
    noClick: true,
    noKeyboard: true,
    onDropAccepted: ([file]) => file && uploading.mutate(file, { onSuccess: onDataset }),
  });
  const refused = fileRejections[0]?.errors[0];
  return (
    <div {...getRootProps()} className={isDragActive ? "rounded outline-2 outline-dashed outline-accent-ink" : undefined}>
      <input {...getInputProps({ "aria-label": "Table" })} />
      {dataset ? (
        <ChosenTable dataset={dataset} target={target} onTarget={onTarget} onRemove={() => onDataset(null)} />
      ) : (
        <Button kind="quiet" className="px-2" busy={uploading.isPending} onClick={open}>
          <Paperclip aria-hidden />
          {uploading.isPending ? "Reading the table…" : "Add a table"}
        </Button>
      )}
      {refused ? <ErrorState error={new Problem({ detail: refused.message, advice: "CSV, Parquet, JSON lines or Excel, up to 200 MB." })} /> : null}
      {uploading.error ? <ErrorState error={uploading.error} /> : null}
    </div>
  );
}

interface ChosenTableProps {
  dataset: Dataset;
  target: string | null;
  onTarget: (target: string) => void;
  onRemove: () => void;
}

function ChosenTable({ dataset, target, onTarget, onRemove }: ChosenTableProps) {
  const personal = dataset.profile.columns.filter((column) => column.personal);
  const suggested = dataset.profile.targets?.[0];
  return (
    <section aria-label="The table" className="flex flex-col gap-3 rounded border border-line bg-page p-3">
      <div className="flex items-center gap-3 text-sm">
        <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-accent-ink" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{dataset.name}</span>
          <span className="text-xs text-ink-soft tabular-nums">
            {counted(dataset.rows, "row")} · {counted(dataset.columns, "column")} · {bytes(dataset.bytes)}
            {personal.length ? ` · ${personal.length} with personal data` : ""}
          </span>
        </span>
        <IconButton label="Leave the table out" onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      </div>
      <Reading remarks={dataset.remarks} />
      <Field label="Column to predict" hint={suggested ? `Likeliest: ${suggested.column}, ${suggested.reasons.join(", ")}` : undefined}>
        {(field) => (
          <Select {...field} value={target ?? ""} onChange={(event) => onTarget(event.target.value)}>
            {dataset.profile.columns.map((column) => (
              <option key={column.name} value={column.name}>
                {column.name} ({column.kind}
                {column.missing ? `, ${percent(column.missing / Math.max(1, dataset.rows))} missing` : ""})
              </option>
            ))}
          </Select>
        )}
      </Field>
    </section>
  );
}
