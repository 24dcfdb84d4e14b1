// The two gates: typed questions with defaults, and the approval of a design.

import { el, plain, words } from "./elements.js";

const DECIDED = { approve: "Approve", respond: "Send", edit: "Change and plan again", reject: "Reject" };

export function gatePanel(gate, constraints, plan, decide) {
  const offers = (decision) => gate.decisions.includes(decision);
  const questions = gate.questions.map(question);
  const comment = el("textarea", { id: "gate-text", rows: 3 });
  const message = el("div", { role: "alert" });
  const panel = el("section", { class: "panel gate", "aria-labelledby": "gate-title", tabindex: -1, id: "gate-panel" });

  async function send(decision, rest) {
    const buttons = panel.querySelectorAll("button");
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await decide({ gate_id: gate.id, digest: gate.digest, decision, ...rest });
    } catch (problem) {
      message.replaceChildren(el("p", { class: "problem" }, el("strong", {}, problem.message), ` ${problem.advice}`));
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  const answers = () => Object.fromEntries(questions.map((q) => [q.field, q.value()]).filter(([, value]) => value !== null));
  const form = el("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const text = comment.value.trim();
      if (questions.length) send("respond", { answers: answers(), text });
      else if (text) send("respond", { text });
      else { comment.focus(); message.replaceChildren(el("p", { class: "problem" }, "Write first what should change.")); }
    },
  });
  form.append(
    ...questions.map((q) => q.element),
    el("p", {}, el("label", { for: "gate-text" }, "In your own words"), el("span", { class: "quiet" }, " (a further wish, or why not)")),
    comment,
    el(
      "div",
      { class: "row" },
      offers("approve") && el("button", { type: "button", onclick: () => send("approve", { comment: comment.value.trim() }) }, questions.length ? "Accept the defaults" : DECIDED.approve),
      offers("respond") && el("button", { type: "submit", class: offers("approve") ? "plain" : "" }, questions.length ? "Use my answers" : "Send as a new wish"),
      offers("reject") && el("button", {
        type: "button",
        class: "plain",
        onclick: () => {
          if (!comment.value.trim()) { comment.focus(); message.replaceChildren(el("p", { class: "problem" }, "Say above why, so that the next one knows.")); return; }
          send("reject", { comment: comment.value.trim(), revise: false });
        },
      }, "Reject and end"),
    ),
    message,
  );
  panel.append(
    el("h3", { id: "gate-title" }, gate.title),
    el("p", {}, gate.message),
    gate.kind === "final" ? el("p", {}, el("a", { href: "#details" }, "See the parts, the bill, other designs and the policies")) : "",
    gate.trips.length && gate.kind === "final" ? el("p", { class: "warn" }, `Look at: ${gate.trips.join(", ")}`) : "",
    gate.shown.relaxations ? el("ul", { class: "plain-list" }, gate.shown.relaxations.map((r) => el("li", {}, r))) : "",
    gate.needs.approvals > 1 ? el("p", { class: "quiet" }, `${gate.needs.votes} of ${gate.needs.approvals} approvals so far.`) : "",
    gate.deadline ? el("p", { class: "quiet" }, `Until ${new Date(gate.deadline).toLocaleString()}; then: ${gate.on_deadline}.`) : "",
    form,
    offers("edit") ? editor(gate, constraints, plan, send) : "",
  );
  return panel;
}

function question(asked) {
  const id = `answer-${asked.field}`;
  const input = inputFor(asked, id);
  const usual = asked.default === null ? "No default" : `Default: ${plain(asked.default)}${asked.unit ? ` ${asked.unit}` : ""}`;
  const hint = el("p", { class: "quiet", id: `${id}-hint` }, el("strong", {}, `Another answer ${asked.swing}.`), ` ${usual}: ${asked.default_reason}. ${asked.why}`);
  input.element.setAttribute("aria-describedby", hint.id);
  const body = asked.kind === "multi_choice"
    ? el("fieldset", { class: "question" }, el("legend", {}, asked.text), input.element, hint)
    : el("div", { class: "question" }, el("label", { for: id }, asked.text), input.element, hint);
  return { field: asked.field, element: body, value: input.value };
}

function inputFor(asked, id) {
  if (asked.kind === "multi_choice") {
    const chosen = new Set(asked.default ?? []);
    const boxes = asked.options.map((option) => el("input", { type: "checkbox", value: option, checked: chosen.has(option) }));
    const element = el("div", { id }, boxes.map((box) => el("label", { class: "inline" }, box, box.value)));
    return { element, value: () => boxes.filter((box) => box.checked).map((box) => box.value) };
  }
  if (asked.kind === "boolean") {
    const element = select(id, [["true", "yes"], ["false", "no"]], String(Boolean(asked.default)));
    return { element, value: () => element.value === "true" };
  }
  if (asked.kind === "number") {
    const optional = asked.default === null;
    const element = el("input", { id, type: "number", step: "any", required: !optional, min: bound(asked.minimum), max: bound(asked.maximum) });
    element.value = asked.default ?? "";
    return { element, value: () => (element.value === "" ? null : element.valueAsNumber) };
  }
  if (asked.options.length) {
    const current = Array.isArray(asked.default) ? asked.default[0] : asked.default;
    const options = asked.options.map((option) => [option, words(option)]);
    const element = select(id, current === null ? [["", "no preference"], ...options] : options, current ?? "");
    return { element, value: () => (Array.isArray(asked.default) ? [element.value] : element.value || null) };
  }
  const element = el("input", { id, type: "text", required: true });
  element.value = plain(asked.default);
  return { element, value: () => (Array.isArray(asked.default) ? element.value.split(",").map((part) => part.trim()) : element.value) };
}

const bound = (value) => (value === null || value === undefined ? null : String(value));

function select(id, options, current) {
  const element = el("select", { id }, options.map(([value, label]) => el("option", { value }, label)));
  element.value = current;
  return element;
}

function editor(gate, constraints, plan, send) {
  const known = new Map(constraints.map((c) => [c.field, c.value]));
  const parts = [];
  if (known.size) {
    const field = select("edit-field", [...known.keys()].map((name) => [name, words(name)]), [...known.keys()][0]);
    const value = el("input", { id: "edit-value", type: "text" });
    const show = () => { value.value = known.get(field.value) === null ? "" : plain(known.get(field.value)); };
    field.addEventListener("change", show);
    show();
    parts.push(editForm("A requirement", [["edit-field", "Requirement", field], ["edit-value", "New value (empty takes it back)", value]], () => ({
      constraints: { [field.value]: typed(value.value, known.get(field.value)) },
    })));
  }
  if (plan && gate.kind === "final") {
    const slot = select("edit-slot", plan.components.map((c) => [c.slot, `${words(c.slot)}: ${c.title}`]), plan.components[0].slot);
    const option = el("select", { id: "edit-option" });
    const fill = () => option.replaceChildren(...plan.rejected.filter((r) => r.slot === slot.value).map((r) => el("option", { value: r.option }, words(r.option))));
    slot.addEventListener("change", fill);
    fill();
    parts.push(editForm("A component", [["edit-slot", "Now", slot], ["edit-option", "Instead", option]], () => (option.value ? { components: { [slot.value]: option.value } } : null)));
  }
  if (!parts.length) return "";

  function editForm(title, rows, edits) {
    return el(
      "form",
      { class: "question", onsubmit: (event) => { event.preventDefault(); const made = edits(); if (made) send("edit", { edits: made }); } },
      el("h4", {}, title),
      rows.map(([id, label, input]) => el("p", {}, el("label", { for: id }, label), input)),
      el("button", { type: "submit", class: "plain" }, DECIDED.edit),
    );
  }
  return el("details", {}, el("summary", {}, "Change one thing and plan again"), parts);
}

function typed(text, before) {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (Array.isArray(before)) return trimmed.split(",").map((part) => part.trim()).filter(Boolean);
  if (typeof before === "boolean" || trimmed === "yes" || trimmed === "no") return trimmed === "yes" || trimmed === "true";
  const number = Number(trimmed.replaceAll(",", ""));
  return typeof before !== "string" && Number.isFinite(number) ? number : trimmed;
}
