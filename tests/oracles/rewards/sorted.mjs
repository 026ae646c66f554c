// A value with the members of its objects in the order of their names.
export const sorted = (value) =>
  value && typeof value === "object" ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
