import type Hls from "hls.js";
import type { HlsConfig, MediaPlaylist } from "hls.js";
import type { SubtitleTrack } from "../api";
import { rememberTracks, rememberedTracks } from "../storage";
import { strings } from "../strings";
import { heading, item } from "./menu";

/** Plays everywhere, where nothing else was chosen. */
const STEREO = "2";

/** What was chosen last, on whichever film, as hls.js takes it. */
export function trackPreferences(): Partial<HlsConfig> {
  const { audio, text } = rememberedTracks();
  return {
    audioPreference: audio ?? { channels: STEREO },
    ...(text ? { subtitlePreference: text } : {}),
  };
}

/** Every rung stands in the playlist once with stereo and once with surround sound. Those with what was not chosen are
 * left out, or the choice of rung would choose the sound too. */
export function keepChosenSound(hls: Hls): void {
  const channels = rememberedTracks().audio?.channels ?? STEREO;
  const chosen = hls.allAudioTracks.find((track) => (track.channels ?? STEREO) === channels) ?? hls.allAudioTracks[0];
  if (!chosen) {
    return;
  }
  for (let index = hls.levels.length - 1; index >= 0; index--) {
    if (!hls.levels[index]?.hasAudioGroup(chosen.groupId)) hls.removeLevel(index);
  }
}

/** The choice of sound; nothing where there is none to make. `restart` begins again, at the same place, with what is
 * remembered then. */
export function audioItems(hls: Hls, done: () => void, restart: () => void): HTMLElement[] {
  const tracks = distinct(hls.allAudioTracks);
  const current = hls.audioTracks[hls.audioTrack];
  if (tracks.length < 2) {
    return [];
  }
  const items = tracks.map((track) =>
    item(track.name, isSurround(track) ? strings.player.surround : "", track.url === current?.url, () => {
      const chosen = { ...wordsOf(track), channels: track.channels ?? STEREO };
      rememberTracks({ audio: chosen });
      done();
      const place = hls.audioTracks.findIndex((other) => other.url === track.url);
      if (place < 0) restart();
      else hls.audioTrack = place;
    }),
  );
  return [heading(strings.player.audio), ...items];
}

/** Subtitles that the box lays over the picture itself. Another choice is another film: playing starts again, at the same
 * place. */
export interface BurntChoice {
  readonly tracks: readonly SubtitleTrack[];
  /** The `burnt` of the track that is in the picture; null for none. */
  readonly current: string | null;
  choose(burnt: string | null): void;
}

/** The choice of subtitles; nothing where there are none. */
export function textItems(hls: Hls, burnt: BurntChoice, done: () => void): HTMLElement[] {
  const tracks = hls.subtitleTracks;
  const pictures = burnt.tracks.filter((track) => track.burnt !== null);
  if (tracks.length === 0 && pictures.length === 0) {
    return [];
  }
  const pick = (index: number): void => {
    const track = tracks[index];
    hls.subtitleDisplay = true;
    hls.subtitleTrack = index;
    rememberTracks({ text: track ? wordsOf(track) : null });
    done();
  };
  const pickWords = (index: number): void => {
    pick(index);
    if (burnt.current !== null) burnt.choose(null);
  };
  const none = item(strings.player.noSubtitles, "", hls.subtitleTrack < 0 && burnt.current === null, () => pickWords(-1));
  const items = tracks.map((track, index) => item(track.name, "", hls.subtitleTrack === index, () => pickWords(index)));
  const burntItems = pictures.map((track) =>
    item(nameOf(track), strings.player.inThePicture, burnt.current === track.burnt, () => {
      pick(-1);
      burnt.choose(track.burnt);
    }),
  );
  return [heading(strings.player.subtitles), none, ...items, ...burntItems];
}

/** Shows subtitles, the ones chosen last or else the first, or hides them. */
export function toggleSubtitles(hls: Hls): void {
  const { text } = rememberedTracks();
  const wanted = hls.subtitleTracks.findIndex((track) => track.lang === text?.lang || track.name === text?.name);
  hls.subtitleDisplay = true;
  hls.subtitleTrack = hls.subtitleTrack >= 0 || hls.subtitleTracks.length === 0 ? -1 : Math.max(0, wanted);
}

function nameOf(track: SubtitleTrack): string {
  const spoken = track.language && new Intl.DisplayNames([track.language], { type: "language" }).of(track.language);
  return track.title || spoken || strings.player.subtitles;
}

/** A track of two channels stands in the group of surround sound too. */
function distinct(tracks: readonly MediaPlaylist[]): MediaPlaylist[] {
  return tracks.filter((track, place) => tracks.findIndex((other) => other.url === track.url) === place);
}

function isSurround(track: MediaPlaylist): boolean {
  return Number.parseInt(track.channels ?? STEREO, 10) > 2;
}

/** By language where there is one: a name says much about one film and nothing about the next. */
function wordsOf(track: MediaPlaylist): { lang: string } | { name: string } {
  return track.lang ? { lang: track.lang } : { name: track.name };
}
