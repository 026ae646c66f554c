// Bodies by the schemas that the document gives them.
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** A judge of bodies: `fault(method, path, status, body)` says what is wrong, or null. `path` as the document has it. */
export function judge(document) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // 64 bits are wider than JavaScript's numbers; that they are whole is in the type.
  for (const format of ["int64", "int32", "uint64", "uint32", "double"]) ajv.addFormat(format, true);
  ajv.addSchema({ $id: "document", ...document });
  const compiled = new Map();
  const by = (pointer) => {
    if (!compiled.has(pointer)) compiled.set(pointer, ajv.compile({ $ref: `document#${pointer}` }));
    return compiled.get(pointer);
  };
  const escape = (part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
  const check = (pointer, value) => {
    const valid = by(pointer);
    return valid(value) ? null : ajv.errorsText(valid.errors, { separator: "\n  " });
  };
  return {
    answer(method, path, status, mediaType, body) {
      const operation = document.paths[path]?.[method.toLowerCase()];
      if (!operation) return "the document has no such operation";
      const which = operation.responses[status] ? String(status) : "default";
      if (status < 300 && which === "default") return `the document knows no ${status} of it`;
      const content = operation.responses[which].content;
      if (!content) return body === undefined || body === "" ? null : `a body that the document does not know: ${String(body).slice(0, 80)}`;
      if (!content[mediaType]) return `it is ${mediaType}, not ${Object.keys(content).join(", ")}`;
      return mediaType.endsWith("json")
        ? check(`/paths/${escape(path)}/${method.toLowerCase()}/responses/${which}/content/${escape(mediaType)}/schema`, body)
        : null;
    },
    request(method, path, body) {
      return check(`/paths/${escape(path)}/${method.toLowerCase()}/requestBody/content/application~1json/schema`, body);
    },
  };
}

/** What is wrong with the document's own examples, a line each. */
export function exampleFaults(document) {
  const judged = judge(document);
  const faults = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const say = (which, fault) => fault && faults.push(`${method.toUpperCase()} ${path} ${which}: ${fault}`);
      const taken = operation.requestBody?.content["application/json"];
      if (taken?.example !== undefined) say("request", judged.request(method, path, taken.example));
      for (const [status, response] of Object.entries(operation.responses)) {
        const content = response.content?.["application/json"];
        if (content?.example !== undefined) say(status, judged.answer(method, path, Number(status), "application/json", content.example));
      }
    }
  }
  return faults;
}
