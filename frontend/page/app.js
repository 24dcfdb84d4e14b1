// Puts the page together: start a design, follow it, decide at its gates, download it.

import { download, get, hasToken, post, setToken } from "./api.js";
import { reasonCard } from "./cards.js";
import { details, figures } from "./details.js";
import { byId, el, usd, words } from "./elements.js";
import { gatePanel } from "./gate.js";
import { follow } from "./stream.js";

const EXAMPLES = [
  ["Fraud detection", "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance, and auto-scaling for 10,000 requests/second."],
  ["Nightly churn scores", "Score 2 million customers for churn every night in eu-central-1. GDPR applies, a small team of three runs it, and it may cost $800 a month."],
  ["Product recommendations", "Recommend products in our web shop within 150 ms for 200 requests per second, retrained every day, budget $3,000 a month in us-east-1."],
];
const MARKS = { waiting: "○", running: "●", done: "✓", error: "✕", skipped: "–", asking: "?" };
const ENDINGS = {
  done: "The repository is ready.",
  rejected: "The design was rejected; nothing was generated.",
  blocked: "The design is blocked.",
  failed: "The run failed.",
  cancelled: "The run was stopped. What it made so far is kept.",
};

let nodes = [];
let current = null;
let stopFollowing = () => {};
let refreshing = null;
let shownGate = null;
let shownPlan = null;

const GATE_EVENTS = new Set(["gate-waiting", "gate-decided", "gate-reminder", "cost-update", "run-complete", "run-retried", "diff-update"]);

function showProblem(problem) {
  const box = byId("problem");
  if (!problem) { box.replaceChildren(); return; }
  if (problem.status === 401) { byId("token-form").hidden = false; byId("token").focus(); }
  box.replaceChildren(el("p", { class: "problem" }, el("strong", {}, problem.message), ` ${problem.advice ?? ""}`));
}

async function guarded(work) {
  try { showProblem(null); return await work(); } catch (problem) { showProblem(problem); return null; }
}

function open(decisionSetId, { push = true } = {}) {
  stopFollowing();
  current = decisionSetId;
  shownGate = null;
  shownPlan = null;
  if (push) history.pushState({}, "", decisionSetId ? `?id=${encodeURIComponent(decisionSetId)}` : "./");
  byId("design").hidden = !decisionSetId;
  byId("brief-form").hidden = Boolean(decisionSetId);
  byId("new").hidden = !decisionSetId;
  for (const id of ["gate", "cards", "checks", "details", "ending", "actions", "figures"]) byId(id).replaceChildren();
  drawSteps();
  loadPast();
  if (!decisionSetId) {
    document.title = "Agentic MLOps";
    byId("connection").textContent = "";
    return;
  }
  byId("design-title").textContent = "…";
  refresh();
  stopFollowing = follow(decisionSetId, {
    onEvent: (event) => onEvent(event, decisionSetId),
    onState: (state) => { byId("connection").textContent = state === "live" ? "" : "Connection lost; returning…"; },
    onProblem: showProblem,
  });
}

function drawSteps() {
  byId("steps").replaceChildren(...nodes.map((node) => el("li", { "data-node": node.name, "data-state": "waiting" },
    el("span", { class: "mark", "aria-hidden": "true" }, MARKS.waiting), el("span", {}, node.agent), el("span", { class: "time" }, ""))));
}

function setStep(node, state, note = "") {
  const item = byId("steps").querySelector(`[data-node="${CSS.escape(node ?? "")}"]`);
  if (!item) return;
  item.dataset.state = state;
  item.children[0].textContent = MARKS[state];
  item.children[2].textContent = note || (state === "running" ? "works" : state === "waiting" ? "" : state);
}

function onEvent(event, decisionSetId) {
  if (decisionSetId !== current) return;
  const { type, node, data } = event;
  if (type === "node-start") {
    setStep(node, "running");
    if (node === "validators") byId("checks").replaceChildren();
  }
  else if (type === "node-complete") setStep(node, "done", typeof data.seconds === "number" ? `${data.seconds.toFixed(2)} s` : "");
  else if (type === "node-error") setStep(node, "error");
  else if (type === "node-skipped") setStep(node, "skipped", data.reason ? "not needed" : "");
  else if (type === "gate-waiting") setStep(node, "asking", "waits for you");
  else if (type === "reason-card") addCard(data);
  else if (type === "check-result") byId("checks").append(checkLine(data));
  if (GATE_EVENTS.has(type)) scheduleRefresh();
  if (type === "run-complete") byId("connection").textContent = "";
}

function addCard(card) {
  const log = byId("cards");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.append(reasonCard(card));
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function checkLine(check) {
  const tone = { pass: "good", warn: "warn", fail: "bad" }[check.status] ?? "quiet";
  return el("p", { class: tone }, `${check.status}: ${words(check.check)}${check.reason ? `: ${check.reason}` : ""}`);
}

function scheduleRefresh() {
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, 120);
}

async function refresh() {
  const id = current;
  const design = await guarded(() => get(`/api/decision-sets/${id}`));
  if (!design || id !== current) return;
  document.title = `${design.title} · Agentic MLOps`;
  byId("design-title").textContent = `${design.title} (version ${design.version})`;
  byId("status").textContent = design.gate ? "waits for you" : design.status;
  byId("figures").replaceChildren(...figures(design.summary));
  await showDetails(design);
  if (id !== current) return;
  showGate(design);
  await showEnding(design);
  loadPast();
}

async function showDetails(design) {
  // Before the final gate the plan is still being criticised and may change.
  const settled = design.gate?.kind === "final" || design.payload_sha256 !== null || design.status in ENDINGS;
  if (!settled || design.plan_sha256 === null || shownPlan?.sha256 === design.plan_sha256) return;
  const base = `/api/decision-sets/${design.id}`;
  const found = await Promise.all([get(`${base}/plan`), get(`${base}/cost`), get(`${base}/policy`)]).catch(() => null);
  if (!found || design.id !== current) return;
  shownPlan = { sha256: design.plan_sha256, plan: found[0] };
  byId("details").replaceChildren(details(...found));
}

function showGate(design) {
  const key = design.gate ? `${design.gate.id} ${design.gate.needs.votes}` : null;
  if (key === shownGate) return;
  shownGate = key;
  if (!design.gate) { byId("gate").replaceChildren(); return; }
  const panel = gatePanel(design.gate, design.constraints, shownPlan?.plan, async (decision) => {
    try {
      await post(`/api/decision-sets/${design.id}/approve`, decision);
    } finally {
      scheduleRefresh();
    }
  });
  byId("gate").replaceChildren(panel);
  panel.focus({ preventScroll: false });
}

async function showEnding(design) {
  const ended = design.status in ENDINGS;
  const actions = [];
  if (!ended) actions.push(el("button", { type: "button", class: "plain", onclick: () => guarded(async () => { await post(`/api/runs/${design.run_id}/cancel`, {}); refresh(); }) }, "Stop the run"));
  byId("ending").replaceChildren();
  if (ended) {
    const [artifacts, run] = await Promise.all([get(`/api/decision-sets/${design.id}/artifacts`), get(`/api/runs/${design.run_id}`)]).catch(() => [{ items: [] }, {}]);
    if (design.id !== current) return;
    const newest = (name) => artifacts.items.findLast((artifact) => artifact.name === name);
    for (const [name, title] of [["repository.zip", "Download the repository"], ["rationale.md", "Rationale"], ["diff.md", "Changes"]]) {
      const artifact = newest(name);
      if (artifact) actions.push(downloadLink(artifact, title, name !== "repository.zip"));
    }
    const problem = run.problem;
    byId("ending").replaceChildren(el("p", { class: design.status === "done" ? "good" : "warn" }, ENDINGS[design.status]),
      problem ? el("p", { class: "problem" }, el("strong", {}, problem.message ?? problem.detail ?? ""), ` ${problem.kept ?? ""} ${problem.advice ?? ""}`) : "");
    byId("ending").append(again(design));
  }
  byId("actions").replaceChildren(...actions);
}

function downloadLink(artifact, title, quiet) {
  const label = `${title} (${(artifact.bytes / 1024).toFixed(0)} KB)`;
  const style = quiet ? "button plain" : "button";
  if (!hasToken()) return el("a", { class: style, href: artifact.download }, label);
  return el("button", { type: "button", class: quiet ? "plain" : "", onclick: () => guarded(() => download(artifact.download, artifact.name)) }, label);
}

function again(design) {
  const text = el("textarea", { id: "next-brief", rows: 3, required: true });
  return el("details", {}, el("summary", {}, "Make a next version"),
    el("form", { onsubmit: (event) => { event.preventDefault(); start(text.value, design.id); } },
      el("label", { for: "next-brief" }, "What should be different?"), text, el("div", { class: "row" }, el("button", { type: "submit" }, "Start version"))));
}

async function start(message, decisionSetId = null) {
  const started = await guarded(() => post("/api/chat/async", decisionSetId ? { message, decision_set_id: decisionSetId } : { message }));
  if (started) open(started.decision_set_id);
}

let pastCursor = null;
async function loadPast(older = false) {
  const query = older && pastCursor ? `&cursor=${pastCursor}` : "";
  const page = await get(`/api/decision-sets?limit=12${query}`).catch(() => null);
  if (!page) return;
  pastCursor = page.next_cursor;
  byId("more").hidden = !pastCursor;
  const items = page.items.map((item) => el("li", {}, el("a", { href: `?id=${encodeURIComponent(item.id)}`, "aria-current": item.id === current ? "page" : null, onclick: (event) => { if (event.metaKey || event.ctrlKey) return; event.preventDefault(); open(item.id); } },
    el("span", {}, item.title), el("span", { class: "quiet" }, `${item.status} · version ${item.version}${item.summary.monthly_usd !== undefined ? ` · ${usd(item.summary.monthly_usd)} a month` : ""}`))));
  if (older) byId("past").append(...items);
  else byId("past").replaceChildren(...(items.length ? items : [el("li", { class: "quiet" }, "None yet.")]));
}

async function begin() {
  const plan = await guarded(() => get("/api/workflow/plan"));
  if (!plan) return;
  nodes = plan.nodes;
  open(new URLSearchParams(location.search).get("id"), { push: false });
}

byId("examples").append(...EXAMPLES.map(([title, text]) => el("button", { type: "button", class: "plain", onclick: () => { byId("brief").value = text; byId("brief").focus(); } }, title)));
byId("brief-form").addEventListener("submit", (event) => { event.preventDefault(); start(byId("brief").value); });
byId("token-form").addEventListener("submit", (event) => { event.preventDefault(); setToken(byId("token").value); byId("token-form").hidden = true; begin(); });
byId("new").addEventListener("click", () => { open(null); byId("brief").focus(); });
byId("more").addEventListener("click", () => loadPast(true));
window.addEventListener("popstate", () => open(new URLSearchParams(location.search).get("id"), { push: false }));
begin();
