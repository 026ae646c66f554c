/** Outlines on a 24×24 field, drawn for this page. */
const paths = {
  play: "M8 5.2v13.6c0 .8.9 1.3 1.5.8l10-6.8c.6-.4.6-1.2 0-1.6l-10-6.8C8.9 3.9 8 4.4 8 5.2z",
  pause: "M7 4.5h3a.8.8 0 0 1 .8.8v13.4a.8.8 0 0 1-.8.8H7a.8.8 0 0 1-.8-.8V5.3a.8.8 0 0 1 .8-.8zm7 0h3a.8.8 0 0 1 .8.8v13.4a.8.8 0 0 1-.8.8h-3a.8.8 0 0 1-.8-.8V5.3a.8.8 0 0 1 .8-.8z",
  back: "M14.7 5.3a1 1 0 0 1 0 1.4L9.4 12l5.3 5.3a1 1 0 1 1-1.4 1.4l-6-6a1 1 0 0 1 0-1.4l6-6a1 1 0 0 1 1.4 0z",
  volume: "M4 9.5h3l4.3-3.7a.8.8 0 0 1 1.2.6v11.2a.8.8 0 0 1-1.2.6L7 14.5H4a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zm11.8-.9a.9.9 0 0 1 1.3.1 5 5 0 0 1 0 6.6.9.9 0 1 1-1.4-1.2 3.2 3.2 0 0 0 0-4.2.9.9 0 0 1 .1-1.3zm2.5-2.7a.9.9 0 0 1 1.3.1 9 9 0 0 1 0 12 .9.9 0 1 1-1.4-1.2 7.2 7.2 0 0 0 0-9.6.9.9 0 0 1 .1-1.3z",
  muted: "M4 9.5h3l4.3-3.7a.8.8 0 0 1 1.2.6v11.2a.8.8 0 0 1-1.2.6L7 14.5H4a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zm11.4.1a.9.9 0 0 1 1.3 0l1.5 1.5 1.5-1.5a.9.9 0 1 1 1.3 1.3L19.5 12.4l1.5 1.5a.9.9 0 1 1-1.3 1.3l-1.5-1.5-1.5 1.5a.9.9 0 0 1-1.3-1.3l1.5-1.5-1.5-1.5a.9.9 0 0 1 0-1.3z",
  settings: "M4 7h8.2a2.9 2.9 0 0 1 5.6 0H20a.9.9 0 0 1 0 1.8h-2.2a2.9 2.9 0 0 1-5.6 0H4A.9.9 0 0 1 4 7zm11 2a1.1 1.1 0 1 0 0-2.2A1.1 1.1 0 0 0 15 9zM4 15.2h2.2a2.9 2.9 0 0 1 5.6 0H20a.9.9 0 0 1 0 1.8h-8.2a2.9 2.9 0 0 1-5.6 0H4a.9.9 0 0 1 0-1.8zm5 2a1.1 1.1 0 1 0 0-2.2 1.1 1.1 0 0 0 0 2.2z",
  details: "M4.9 13a.9.9 0 0 1 .9.9v4.2a.9.9 0 1 1-1.8 0v-4.2a.9.9 0 0 1 .9-.9zm4.7-4a.9.9 0 0 1 .9.9v8.2a.9.9 0 1 1-1.8 0V9.9a.9.9 0 0 1 .9-.9zm4.7 2.5a.9.9 0 0 1 .9.9v5.7a.9.9 0 1 1-1.8 0v-5.7a.9.9 0 0 1 .9-.9zM19.1 5a.9.9 0 0 1 .9.9v12.2a.9.9 0 1 1-1.8 0V5.9a.9.9 0 0 1 .9-.9z",
  fullscreen: "M5 4h4a.9.9 0 0 1 0 1.8H5.8V9A.9.9 0 0 1 4 9V5a1 1 0 0 1 1-1zm10 0h4a1 1 0 0 1 1 1v4a.9.9 0 0 1-1.8 0V5.8H15A.9.9 0 0 1 15 4zM4.9 14.1a.9.9 0 0 1 .9.9v3.2H9A.9.9 0 0 1 9 20H5a1 1 0 0 1-1-1v-4a.9.9 0 0 1 .9-.9zm14.2 0a.9.9 0 0 1 .9.9V19a1 1 0 0 1-1 1h-4a.9.9 0 0 1 0-1.8h3.2V15a.9.9 0 0 1 .9-.9z",
  exitFullscreen: "M9 4a.9.9 0 0 1 .9.9V9a1 1 0 0 1-1 1H4.9a.9.9 0 0 1 0-1.8h3.2V4.9A.9.9 0 0 1 9 4zm6 0a.9.9 0 0 1 .9.9v3.3h3.2a.9.9 0 0 1 0 1.8H15a1 1 0 0 1-1-1V4.9A.9.9 0 0 1 15 4zM4.9 14H9a1 1 0 0 1 1 1v4.1a.9.9 0 0 1-1.8 0v-3.3H4.9a.9.9 0 0 1 0-1.8zm10.1 0h4.1a.9.9 0 0 1 0 1.8h-3.3v3.3a.9.9 0 0 1-1.8 0V15a1 1 0 0 1 1-1z",
} as const;

export type IconName = keyof typeof paths;

const SVG = "http://www.w3.org/2000/svg";

/** An icon in the text's colour; hidden from screen readers, since its button is named. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
