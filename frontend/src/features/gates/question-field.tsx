import { Check, RotateCcw, TriangleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";
import { plain } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { prefilled, type Entry } from "./answers";
import { AnswerControl, isSingle } from "./answer-control";
import type { Question } from "./gate";

const WORDS = "min-w-0 flex-1 basis-60 text-sm font-medium";

interface QuestionFieldProps {
  question: Question;
  entry: Entry;
  error?: string;
  disabled: boolean;
  onChange: (entry: Entry) => void;
}

/** One question with its control, what its answers move, and why it is asked. */
export function QuestionField({ question, entry, error, disabled, onChange }: QuestionFieldProps) {
  const id = useId();
  const hasDefault = question.default !== null && question.default !== undefined;
  return (
    <li id={`question-${question.field}`} className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {isSingle(question) ? (
          <label htmlFor={`${id}-control`} className={WORDS}>
            {question.text}
          </label>
        ) : (
          <p id={`${id}-text`} className={WORDS}>
            {question.text}
          </p>
        )}
        {question.swing ? <Badge className="whitespace-normal tabular-nums">{question.swing}</Badge> : null}
      </div>
      <AnswerControl
        id={`${id}-control`}
        question={question}
        raw={entry.raw}
        disabled={disabled}
        labelledBy={`${id}-text`}
        describedBy={`${id}-note`}
        invalid={Boolean(error)}
        onChange={(raw) => onChange({ raw, given: raw !== "" })}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <span className={entry.given ? "font-medium text-accent-ink" : "text-ink-soft"}>
          {entry.given ? "Your answer" : hasDefault ? `Default: ${defaultOf(question)}` : "Not answered"}
        </span>
        {disabled ? null : entry.given ? (
          <Small onClick={() => onChange({ raw: prefilled(question), given: false })} label={hasDefault ? "Back to the default" : "Take it back"} about={question.text}>
            <RotateCcw aria-hidden className="size-3" />
          </Small>
        ) : hasDefault ? (
          <Small onClick={() => onChange({ raw: prefilled(question), given: true })} label="This is right" about={question.text}>
            <Check aria-hidden className="size-3" />
          </Small>
        ) : null}
      </div>
      <div id={`${id}-note`} className="flex max-w-prose flex-col gap-1 text-xs text-ink-soft">
        {error ? (
          <p role="alert" className="flex items-start gap-1 font-medium text-bad">
            <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
            {error}
          </p>
        ) : null}
        {question.default_reason && !entry.given ? <p>Without an answer: {question.default_reason}.</p> : null}
        {question.why ? <p>{question.why}</p> : null}
      </div>
    </li>
  );
}

function defaultOf({ default: value, unit }: Question): string {
  return `${plain(value).replaceAll("_", " ")}${unit ? ` ${unit}` : ""}`;
}

function Small({ label, about, onClick, children }: { label: string; about: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="flex min-h-6 items-center gap-1 rounded-sm px-1 text-accent-ink underline hover:bg-sand" onClick={onClick}>
      {children}
      {label}
      <span className="sr-only">: {about}</span>
    </button>
  );
}
