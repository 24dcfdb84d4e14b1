import { expect, it } from "vitest";
import { plain, words } from "./format";

it.each([
  ["latency_ms_p95", "Latency ms p95"],
  ["gdpr", "GDPR"],
  ["pci_dss.own_keys", "PCI DSS own keys"],
  ["s3-bucket-policy", "S3 bucket policy"],
  ["api_gateway", "API gateway"],
  ["sql_store", "SQL store"],
  ["gpu_needed", "GPU needed"],
  ["throughput_rps", "Throughput requests/s"],
  ["growth_pct_year", "Growth % year"],
  ["vcpu_hours", "vCPU hours"],
  ["hitl_gate_final", "Human gate final"],
  ["cicd", "CI/CD"],
  ["github_actions", "GitHub actions"],
  ["encryption_at_rest", "Encryption at rest"],
  ["ops_hours_month", "Ops hours month"],
  ["SOC2", "SOC2"],
  ["ana maria", "Ana maria"],
  ["", ""],
])("%s reads %s", (name, read) => expect(words(name)).toBe(read));

it("reads nested values in one line", () => {
  expect(plain({ gpu_hours: 2, regions: ["eu-west-1"], hipaa: true })).toBe("GPU hours 2, Regions eu-west-1, HIPAA yes");
});
