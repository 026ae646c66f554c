import type { components } from "../obj/api";

/** What the box's own document says of its JSON. */
export type Schemas = components["schemas"];
