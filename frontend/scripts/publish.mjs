// After the build: writes which inline scripts each page may run (their hashes, for the content policy of the server),
// and a compressed twin of every text file, so that the server compresses nothing while it answers.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { constants, gzipSync } from "node:zlib";

const OUT = "out";
const TEXT = /\.(html|js|css|txt|svg|json)$/;

const files = readdirSync(OUT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

const policies = {};
for (const file of files.filter((name) => name.endsWith(".html"))) {
  const html = readFileSync(file, "utf8");
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((found) => found[1]);
  const hashes = new Set(inline.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`));
  policies[relative(OUT, file)] = [...hashes].sort();
}
writeFileSync(join(OUT, "script-hashes.json"), JSON.stringify(policies, null, 1));

for (const file of files.filter((name) => TEXT.test(name))) {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: constants.Z_BEST_COMPRESSION }));
}
