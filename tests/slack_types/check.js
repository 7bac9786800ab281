// node check.js VIEWS WORK: every JSON file of VIEWS as typed TypeScript in WORK, then tsc.
// Exits 0 when all of it is what sent.ts allows; else tsc's own lines say where it is not.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const kinds = { message: "Message", ephemeral: "Ephemeral", modal: "Modal", home: "Home" };

const [views, work] = process.argv.slice(2).map((each) => resolve(each));
if (!views || !work) throw new Error("usage: node check.js VIEWS WORK");

/** One view as TypeScript that only compiles when it is of its kind. */
function typed(name) {
  const kind = kinds[name.split("-")[0]];
  if (!kind) throw new Error(`${name}: begins with none of ${Object.keys(kinds)}`);
  const view = JSON.parse(readFileSync(join(views, name), "utf8"));
  return `(${JSON.stringify(view, null, 1)}) satisfies sent.${kind};\n`;
}

const names = readdirSync(views).filter((name) => name.endsWith(".json")).sort();
if (names.length === 0) throw new Error(`${views} holds no views`);
rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const sent = relative(work, join(here, "sent.js")).replaceAll("\\", "/");
for (const name of names) {
  const said = `import type * as sent from "${sent}";\n\n${typed(name)}`;
  writeFileSync(join(work, name.replace(/json$/, "ts")), said);
}
const config = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "es2022",
    types: [],
  },
  include: ["*.ts"],
};
writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config, null, 2));
writeFileSync(join(work, "package.json"), '{ "type": "module" }\n');

const tsc = join(here, "node_modules", "typescript", "bin", "tsc");
const done = spawnSync(process.execPath, [tsc, "--pretty", "false", "-p", work], {
  stdio: "inherit",
});
if (done.error) throw done.error;
console.log(`${names.length} views, tsc ${done.status === 0 ? "has nothing to say" : "refuses"}`);
process.exit(done.status ?? 1);
