// node check.js FOLDER [VERSION]: manifest.json and the languages it names, against Microsoft's
// schemas of the version that they say, or of VERSION. Exits 0 when nothing is wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv-draft-04").default;
const addFormats = require("ajv-formats").default;

const [folder, version] = process.argv.slice(2);
if (!folder) throw new Error("usage: node check.js FOLDER [VERSION]");

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const schemas = join(
  dirname(require.resolve("@microsoft/app-manifest/package.json")), "build/json-schemas/teams",
);

/** What is wrong with `said` by the schema it names; `version` in place of its own. */
function faults(name, said, schema) {
  const named = /\/v([\d.]+)\/(MicrosoftTeams[\w.]*?\.json)$/.exec(said.$schema ?? "");
  if (named?.[2] !== schema) return [`${name}: $schema is no ${schema}`];
  // Microsoft's patterns are of the older kind: read as Unicode, one of them is none.
  const ajv = new Ajv({ allErrors: true, strictTypes: false, unicodeRegExp: false });
  addFormats(ajv, ["uri", "email", "regex"]);
  const judge = ajv.compile(read(join(schemas, `v${version ?? named[1]}`, schema)));
  if (judge(said)) return [];
  return judge.errors.map((each) => `${name}${each.instancePath} ${each.message}`);
}

const manifest = read(join(folder, "manifest.json"));
if (version) manifest.manifestVersion = version;
const found = faults("manifest.json", manifest, "MicrosoftTeams.schema.json");
for (const each of manifest.localizationInfo?.additionalLanguages ?? []) {
  const said = read(join(folder, each.file));
  found.push(...faults(each.file, said, "MicrosoftTeams.Localization.schema.json"));
}
for (const each of found) console.log(each);
process.exit(found.length ? 1 : 0);
