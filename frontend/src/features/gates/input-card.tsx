import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { useKept } from "@/shared/lib/use-kept";
import { Button } from "@/shared/ui/button";
import { answersOf, prefilled, refusalAt, untouched, type Entries, type Entry } from "./answers";
import { ConflictList } from "./conflict-list";
import { DecisionBar } from "./decision-bar";
import { contradictingOf, questionsOf, without, type Question } from "./gate";
import type { GateBodyProps } from "./gate-card";
import { Outcome } from "./outcome";
import { QuestionField } from "./question-field";
import { RelaxForm } from "./relax-form";
import { keptName } from "./written";

/** The questions whose answers change the design, and what contradicts itself, before anything is planned. */
export function InputCard(props: GateBodyProps) {
  const { gate, design, busy, closed, problem, onDecide } = props;
  const questions = questionsOf(gate);
  const contradicting = contradictingOf(gate);
  const [entries, setEntries] = useKept<Entries>(keptName(gate.id, "answers"), () => untouched(questions));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  // The refusal that was answered by changing the field; the same object is not shown again.
  const [mended, setMended] = useState<unknown>(null);
  const refusal = problem && problem !== mended ? refusalAt(problem, [...questions.map(({ field }) => field), ...contradicting]) : null;
  const given = questions.filter(({ field }) => entries[field]?.given);
  const mayAnswer = gate.decisions.includes("respond") && questions.length > 0;
  const change = (question: Question, entry: Entry): void => {
    setEntries({ ...entries, [question.field]: entry });
    setErrors(without(errors, question.field));
    if (refusal?.field === question.field) setMended(problem);
  };
  const submit = (): void => {
    const found = answersOf(questions, entries);
    setErrors(found.errors);
    const first = Object.keys(found.errors)[0];
    if (first) document.getElementById(`question-${first}`)?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    else onDecide({ decision: "respond", answers: found.answers });
  };
  return (
    <div className="flex flex-col gap-6">
      <Outcome gate={gate} designId={design.id} />
      <ConflictList gate={gate} />
      {questions.length ? (
        <ol className="flex flex-col divide-y divide-line border-t border-line">
          {questions.map((question) => (
            <QuestionField
              key={question.field}
              question={question}
              entry={entries[question.field] ?? { raw: prefilled(question), given: false }}
              error={errors[question.field] ?? (refusal?.field === question.field ? refusal.message : undefined)}
              disabled={closed || !mayAnswer}
              onChange={(entry) => change(question, entry)}
            />
          ))}
        </ol>
      ) : null}
      {contradicting.length && gate.decisions.includes("edit") && !closed ? (
        <RelaxForm key={gate.id} gateId={gate.id} design={design} fields={contradicting} busy={busy} refusal={refusal} onSend={(constraints) => onDecide({ decision: "edit", edits: { constraints } })} />
      ) : null}
      <DecisionBar
        {...props}
        problem={refusal || problem === mended ? null : problem}
        approveLabel={questions.length ? "Accept the defaults" : "Go on"}
        approveKind={given.length ? "plain" : "primary"}
        approveHint={
          questions.length
            ? given.length
              ? "Accepting the defaults leaves your answers out. A question without an answer may be asked again."
              : "The defaults are recorded as accepted, and can be changed at the approval."
            : undefined
        }
      >
        {mayAnswer ? (
          <Button kind={given.length ? "primary" : "plain"} busy={busy} disabled={!given.length} onClick={submit}>
            <SendHorizontal aria-hidden />
            {given.length ? `Send ${given.length} ${given.length === 1 ? "answer" : "answers"}` : "Send answers"}
          </Button>
        ) : null}
      </DecisionBar>
    </div>
  );
}
