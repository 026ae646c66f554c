/** A page that plays one address by hls.js. */
export function page(title: string, address: string): string {
  const text = (words: string): string => words.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${text(title)}</title>
<video controls muted autoplay data-address="${text(address)}"></video>
<script type="module">
  import Hls from "/hls.js";
  const video = document.querySelector("video");
  const player = new Hls();
  player.loadSource(video.dataset.address);
  player.attachMedia(video);
</script>`;
}
