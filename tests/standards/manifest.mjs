// A DASH manifest (ISO/IEC 23009-1) as data, nothing judged.

/** @returns the root element: name, attributes, children, and the text before the first of these. Enough XML for a document without CDATA and namespaces' prefixes. */
export function xmlOf(text) {
  const root = { name: "", attributes: {}, children: [] };
  const open = [root];
  for (const { 0: tag, 1: closing, 2: name, 3: attributes, 4: empty, index: at } of text.matchAll(/<(\/?)([A-Za-z][\w:]*)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>/g)) {
    if (closing) {
      if (open.pop().name !== name) throw new Error(`</${name}> closes something else.`);
      continue;
    }
    const element = { name, attributes: {}, children: [] };
    for (const [, key, value] of attributes.matchAll(/([\w:]+)="([^"]*)"/g)) element.attributes[key] = value;
    open.at(-1).children.push(element);
    if (!empty) open.push(element);
    element.text = empty ? "" : text.slice(at + tag.length, text.indexOf("<", at + tag.length));
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1).name}> is not closed.`);
  return root.children[0];
}

/** @returns the period's seconds, and its sets with their timelines and representations. */
export function manifestOf(text) {
  const root = xmlOf(text);
  const period = root.children.find((child) => child.name === "Period");
  const seconds = (duration) => Number(/^PT([\d.]+)S$/.exec(duration)?.[1]);
  return {
    seconds: seconds(root.attributes.mediaPresentationDuration),
    periodSeconds: seconds(period.attributes.duration),
    steering: root.children.filter((child) => child.name === "ContentSteering"),
    sets: period.children.filter((child) => child.name === "AdaptationSet").map((set) => {
      const template = set.children.find((child) => child.name === "SegmentTemplate");
      return {
        ...set.attributes,
        role: set.children.find((child) => child.name === "Role")?.attributes.value,
        template: template.attributes,
        places: set.children.filter((child) => child.name === "BaseURL"),
        timeline: entriesOf(template),
        representations: set.children.filter((child) => child.name === "Representation")
          .map((one) => ({ ...one.attributes, children: one.children })),
      };
    }),
  };
}

/** @returns the entries of a SegmentTimeline: start and duration in ticks, and whether the start was told. */
function entriesOf(template) {
  const entries = [];
  let next = 0;
  for (const { attributes } of template.children.find((child) => child.name === "SegmentTimeline")?.children ?? []) {
    const told = attributes.t !== undefined;
    let start = told ? Number(attributes.t) : next;
    for (let i = 0; i <= Number(attributes.r ?? 0); i++) {
      entries.push({ start, ticks: Number(attributes.d), expected: entries.length === 0 ? start : next });
      next = start + Number(attributes.d);
      start = next;
    }
  }
  return entries;
}

/** @returns a template with its place holders filled in. */
export function filled(template, id, number) {
  return template.replaceAll("$RepresentationID$", id).replaceAll("$Number$", String(number));
}
