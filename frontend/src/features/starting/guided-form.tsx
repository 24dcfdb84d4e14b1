import { useMemo } from "react";
import { useFields } from "@/shared/api/reading/fields";
import type { Schemas } from "@/shared/api/client";
import { Field, Input, Select } from "@/shared/ui/field";
import { ErrorState, LoadingState } from "@/shared/ui/states";

type FormField = Schemas["FormField"];
type Values = Record<string, unknown>;

interface GuidedFormProps {
  values: Values;
  onValues: (values: Values) => void;
}

/** The requirements as a form, for those who would rather fill in than write; what is left empty stays open. */
export function GuidedForm({ values, onValues }: GuidedFormProps) {
  const fields = useFields(true);
  const groups = useMemo(() => grouped(fields.data?.fields ?? []), [fields.data]);
  if (fields.error) return <ErrorState error={fields.error} onRetry={() => void fields.refetch()} className="m-3" />;
  if (!fields.data) return <LoadingState label="Reading the form" />;
  const change = (name: string, value: unknown): void => {
    const next = { ...values, [name]: value };
    if (value === null) delete next[name];
    onValues(next);
  };
  return (
    <div className="flex max-h-96 flex-col gap-6 overflow-y-auto border-t border-line p-4">
      {[...groups].map(([group, members]) => (
        <fieldset key={group} className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-medium">{group}</legend>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {members.map((field) => (
              <FieldInput key={field.name} field={field} value={values[field.name]} onValue={(value) => change(field.name, value)} />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function grouped(fields: FormField[]): Map<string, FormField[]> {
  const groups = new Map<string, FormField[]>();
  for (const field of fields) groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  return groups;
}

interface FieldInputProps {
  field: FormField;
  value: unknown;
  /** Null takes the value away. */
  onValue: (value: unknown) => void;
}

function FieldInput({ field, value, onValue }: FieldInputProps) {
  const label = field.unit ? `${field.title} (${field.unit})` : field.title;
  return (
    <Field label={label} hint={field.help}>
      {(props) => {
        switch (field.type) {
          case "number":
          case "integer":
            return (
              <Input
                {...props}
                type="number"
                inputMode="decimal"
                step={field.type === "integer" ? 1 : "any"}
                min={field.low ?? undefined}
                max={field.high ?? undefined}
                value={typeof value === "number" ? value : ""}
                onChange={(event) => onValue(event.target.value === "" ? null : event.target.valueAsNumber)}
              />
            );
          case "boolean":
            return (
              <Select {...props} value={value === undefined ? "" : String(value)} onChange={(event) => onValue(event.target.value === "" ? null : event.target.value === "true")}>
                <option value="">open</option>
                <option value="true">yes</option>
                <option value="false">no</option>
              </Select>
            );
          case "choice":
            return (
              <Select {...props} value={typeof value === "string" ? value : ""} onChange={(event) => onValue(event.target.value || null)}>
                <option value="">open</option>
                {field.choices.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.title}
                  </option>
                ))}
              </Select>
            );
          case "choices":
          case "texts":
            return <Several {...props} field={field} value={value} onValue={onValue} />;
          case "text":
            return <Input {...props} value={typeof value === "string" ? value : ""} onChange={(event) => onValue(event.target.value || null)} />;
        }
      }}
    </Field>
  );
}

function Several({ field, value, onValue, ...props }: FieldInputProps & { id: string; "aria-describedby"?: string }) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  if (field.type === "texts") {
    return (
      <Input
        {...props}
        defaultValue={chosen.join(", ")}
        placeholder="separated by commas"
        list={field.choices.length ? `${props.id}-list` : undefined}
        onBlur={(event) => {
          const parts = event.target.value.split(",").map((part) => part.trim()).filter(Boolean);
          onValue(parts.length ? parts : null);
        }}
      />
    );
  }
  const switchOne = (choice: string, on: boolean): void => {
    const next = on ? [...chosen, choice] : chosen.filter((each) => each !== choice);
    onValue(next.length ? next : null);
  };
  return (
    <div {...props} role="group" className="flex flex-wrap gap-x-4 gap-y-1">
      {field.choices.map((choice) => (
        <label key={choice.value} className="flex min-h-6 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={chosen.includes(choice.value)}
            onChange={(event) => switchOne(choice.value, event.target.checked)}
          />
          {choice.title}
        </label>
      ))}
    </div>
  );
}
