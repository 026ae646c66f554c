// The API's document, judged by others: a validator of OpenAPI 3.1, and every example by its schema (JSON Schema 2020-12).
// Usage: node document.mjs FILE
import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { exampleFaults } from "./schemas.mjs";

const document = JSON.parse(await readFile(process.argv[2], "utf8"));
const verdict = await new Validator().validate(structuredClone(document));
const faults = verdict.valid ? exampleFaults(document) : [JSON.stringify(verdict.errors, null, 1)];
for (const fault of faults) console.error(fault);
const operations = Object.values(document.paths).flatMap(Object.keys).length;
console.log(`${operations} operations of OpenAPI ${document.openapi}, ${Object.keys(document.components.schemas).length} schemas, ${faults.length} faults`);
process.exit(faults.length === 0 && operations > 0 ? 0 : 1);
