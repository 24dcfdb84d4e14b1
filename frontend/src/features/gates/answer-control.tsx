import { useId } from "react";
import { cn } from "@/shared/lib/class-names";
import { Input, Select } from "@/shared/ui/field";
import type { Raw } from "./answers";
import type { Question } from "./gate";

/** More options than these are a list, not a row of buttons. */
const FEW = 5;

interface AnswerControlProps {
  /** Of the control, where it is a single one. */
  id: string;
  question: Question;
  raw: Raw;
  disabled: boolean;
  /** The id of the question's words, for several controls together. */
  labelledBy: string;
  describedBy: string;
  invalid: boolean;
  onChange: (raw: Raw) => void;
}

/** Whether the question is answered in one control, which its words are the label of. */
export function isSingle({ kind, options }: Question): boolean {
  return kind === "choice" || kind === "region" ? options.length > FEW : kind !== "boolean" && kind !== "multi_choice";
}

/** The control that fits the kind of a question: a number with its unit, yes or no, one of a few, some of them, text. */
export function AnswerControl(props: AnswerControlProps) {
  const { question, raw } = props;
  const text = typeof raw === "string" ? raw : "";
  switch (question.kind) {
    case "boolean":
      return <OneOf {...props} chosen={text} options={["yes", "no"]} />;
    case "multi_choice":
      return <SomeOf {...props} chosen={typeof raw === "string" ? [] : raw} />;
    case "choice":
    case "region":
      return isSingle(question) ? <FromList {...props} chosen={text} /> : <OneOf {...props} chosen={text} options={question.options} />;
    default:
      return <Written {...props} text={text} />;
  }
}

const shown = (option: string): string => option.replaceAll("_", " ");

function Written({ id, question, text, disabled, describedBy, invalid, onChange }: AnswerControlProps & { text: string }) {
  const isNumber = question.kind === "number";
  return (
    <div className="flex items-center gap-2">
      <Input
        id={id}
        type="text"
        inputMode={isNumber ? "decimal" : undefined}
        className={cn(isNumber && "max-w-40 tabular-nums")}
        value={text}
        disabled={disabled}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      {question.unit ? <span className="text-sm text-ink-soft">{question.unit}</span> : null}
    </div>
  );
}

function FromList({ id, question, chosen, disabled, describedBy, invalid, onChange }: AnswerControlProps & { chosen: string }) {
  const options = chosen && !question.options.includes(chosen) ? [chosen, ...question.options] : question.options;
  return (
    <Select
      id={id}
      className="max-w-72"
      value={chosen}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.target.value)}
    >
      {chosen ? null : <option value="">No preference</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {shown(option)}
        </option>
      ))}
    </Select>
  );
}

const OPTION =
  "flex min-h-8 items-center gap-2 rounded border border-line-strong px-3 text-sm has-checked:bg-sand has-checked:font-medium has-disabled:opacity-60";

function OneOf({ options, chosen, disabled, labelledBy, describedBy, onChange }: AnswerControlProps & { options: readonly string[]; chosen: string }) {
  const name = useId();
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} aria-describedby={describedBy} className="flex flex-wrap gap-2">
      {options.map((option) => (
        <label key={option} className={OPTION}>
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={option === chosen}
            disabled={disabled}
            onChange={() => onChange(option)}
          />
          {shown(option)}
        </label>
      ))}
    </div>
  );
}

function SomeOf({ question, chosen, disabled, labelledBy, describedBy, onChange }: AnswerControlProps & { chosen: readonly string[] }) {
  const change = (option: string, isChosen: boolean): void =>
    onChange(question.options.filter((each) => (each === option ? isChosen : chosen.includes(each))));
  return (
    <div role="group" aria-labelledby={labelledBy} aria-describedby={describedBy} className="flex flex-wrap gap-2">
      {question.options.map((option) => (
        <label key={option} className={OPTION}>
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={chosen.includes(option)}
            disabled={disabled}
            onChange={(event) => change(option, event.target.checked)}
          />
          {shown(option)}
        </label>
      ))}
    </div>
  );
}
