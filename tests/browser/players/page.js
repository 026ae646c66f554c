// One way to hold every player. Each opens an address on the page's video, tells the server how it fares (CMCD, in the query) where
// `clientData` says so, takes its line to hold `line` bits a second before it has measured it, and holds `ahead` seconds where that is told. It offers:
//   rungs() → sizes it may choose from, choose(rung), sounds() → languages, or names where there are none, chooseSound(sound),
//   texts() → languages, showText(language), thumbnail(seconds) → what it would show there, or null; errors, and close().
const video = document.querySelector("video");

async function hlsJs(address, { clientData = false, line, ahead } = {}) {
  const errors = [];
  const hls = new Hls({
    enableWorker: false,
    ...(clientData ? { cmcd: { useHeaders: false } } : {}),
    ...(line ? { abrEwmaDefaultEstimate: line, abrEwmaDefaultEstimateMax: line, testBandwidth: false } : {}),
    ...(ahead ? { maxBufferLength: ahead, maxMaxBufferLength: ahead } : {}),
  });
  const soundOf = (track) => track.lang || track.name;
  hls.on(Hls.Events.ERROR, (_, data) => data.fatal && errors.push(data.details));
  hls.loadSource(address);
  hls.attachMedia(video);
  return {
    errors,
    rungs: () => hls.levels.map(({ width, height }, id) => ({ id, width, height })),
    choose: (rung) => { hls.currentLevel = rung.id; },
    sounds: () => hls.audioTracks.map(soundOf),
    chooseSound: (sound) => { hls.audioTrack = hls.audioTracks.findIndex((track) => soundOf(track) === sound); },
    texts: () => hls.subtitleTracks.map((track) => track.lang),
    showText: (language) => {
      hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.lang === language);
      hls.subtitleDisplay = true;
    },
    thumbnail: async () => null,
    close: () => hls.destroy(),
  };
}

async function shakaPlayer(address, { clientData = false, line } = {}) {
  const errors = [];
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  player.addEventListener("error", ({ detail }) => errors.push(`${detail.code}: ${detail.message}`));
  player.configure("cmcd.enabled", clientData);
  if (line) player.configure("abr", { useNetworkInformation: false, defaultBandwidthEstimate: line });
  // A machine with much to do drops pictures of any rung; shaka-player would give up the lowest too, and 5.2 fails where none is left.
  player.configure("abr.droppedFrames", false);
  await player.attach(video);
  await player.load(address);
  const soundOf = (track) => track.language === "und" ? track.label : track.language;
  const sizes = () => [...new Map(player.getVariantTracks().map((track) => [track.height, track])).values()];
  return {
    errors,
    rungs: () => sizes().map(({ width, height }) => ({ id: height, width, height })),
    choose: (rung) => {
      player.configure("abr.enabled", false);
      const now = player.getVariantTracks().find((track) => track.active);
      const like = player.getVariantTracks().filter((track) => track.height === rung.id);
      player.selectVariantTrack(like.find((track) => track.audioId === now?.audioId) ?? like[0], true);
    },
    sounds: () => player.getAudioTracks().map(soundOf),
    chooseSound: (sound) => player.selectAudioTrack(player.getAudioTracks().find((track) => soundOf(track) === sound)),
    texts: () => player.getTextTracks().map((track) => track.language),
    showText: (language) => player.selectTextTrack(player.getTextTracks().find((track) => track.language === language)),
    thumbnail: async (seconds) => {
      const [track] = player.getImageTracks() ?? [];
      const found = track && await player.getThumbnails(track.id, seconds);
      return found && { address: found.uris[0], x: found.positionX, y: found.positionY, width: found.width, height: found.height };
    },
    close: () => player.destroy(),
  };
}

async function dashJs(address, { clientData = false, line, ahead } = {}) {
  const errors = [];
  const player = dashjs.MediaPlayer().create();
  player.updateSettings({ debug: { logLevel: 0 }, streaming: { buffer: { fastSwitchEnabled: true }, cmcd: { enabled: clientData } } });
  if (line) player.updateSettings({ streaming: { abr: { initialBitrate: { video: line / 1000 } } } });
  if (ahead) player.updateSettings({ streaming: { buffer: { bufferTimeDefault: ahead, bufferTimeAtTopQuality: ahead, bufferTimeAtTopQualityLongForm: ahead } } });
  player.on(dashjs.MediaPlayer.events.ERROR, ({ error }) => errors.push(error.message ?? String(error)));
  const ready = new Promise((done) => player.on(dashjs.MediaPlayer.events.STREAM_INITIALIZED, done));
  player.initialize(video, address, true);
  await ready;
  const soundOf = (track) => track.lang && track.lang !== "und" ? track.lang : track.labels?.[0]?.text ?? "";
  return {
    errors,
    rungs: () => player.getRepresentationsByType("video").map(({ id, width, height }) => ({ id, width, height })),
    choose: (rung) => {
      player.updateSettings({ streaming: { abr: { autoSwitchBitrate: { video: false } } } });
      player.setRepresentationForTypeById("video", rung.id, true);
    },
    sounds: () => player.getTracksFor("audio").map(soundOf),
    chooseSound: (sound) => player.setCurrentTrack(player.getTracksFor("audio").find((track) => soundOf(track) === sound)),
    texts: () => player.getTracksFor("text").map((track) => track.lang),
    showText: (language) => player.setTextTrack(player.getTracksFor("text").findIndex((track) => track.lang === language)),
    thumbnail: (seconds) => new Promise((done) => {
      player.provideThumbnail(seconds, (found) => done(found && { address: found.url, x: found.x, y: found.y, width: found.width, height: found.height }));
    }),
    close: () => player.destroy(),
  };
}

/** What comes out of the loudspeaker, measured; made at first use. */
let ear = null;

// A short source may end while something else is waited for.
video.addEventListener("ended", () => {
  video.currentTime = 0;
  void video.play();
});

const makers = { "hls.js": hlsJs, "shaka-player": shakaPlayer, "dash.js": dashJs };

window.page = {
  video,
  player: null,
  async open(name, address, wishes) {
    this.player = await makers[name](address, wishes);
    await video.play();
  },
  async close() {
    await this.player.close();
    this.player = null;
    video.removeAttribute("src");
    video.load();
  },
  /** @returns where the video stands and what it holds, for whoever looks for the reason of a fault. */
  state() {
    const { currentTime, seeking, paused, readyState, buffered, error } = video;
    const holds = Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]);
    return { currentTime, seeking, paused, readyState, holds, error: error?.message ?? null };
  },
  /** @returns when the first picture is shown, in seconds of the player's clock: some begin it where decoding begins. */
  firstPicture() {
    return new Promise((done) => {
      video.pause();
      video.requestVideoFrameCallback((_, { mediaTime }) => done(mediaTime));
      video.currentTime = 0;
    });
  },
  /** Goes to a time and waits until as many cues are on the screen. @returns these: start and end, in seconds of the
   * player's clock, and text as it is read. */
  async cuesAt(seconds, count, patienceMs) {
    video.pause();
    video.currentTime = seconds;
    const shown = () => video.seeking ? [] : [...video.textTracks].filter((track) => track.mode === "showing").flatMap((track) => [...track.activeCues ?? []]);
    for (const until = performance.now() + patienceMs; shown().length !== count && performance.now() < until;) {
      await new Promise((done) => setTimeout(done, 50));
    }
    return shown().map((cue) => ({ start: cue.startTime, end: cue.endTime, text: cue.getCueAsHTML().textContent }));
  },
  /** Waits until the loudest pitch that is heard is that one: what was buffered before a change of sound may play on for a
   * while. @returns what was heard last, in hertz; 0 for silence. */
  async hears(hertz, tolerance, patienceMs) {
    if (!ear) {
      const context = new AudioContext({ sampleRate: 48_000 });
      ear = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
      context.createMediaElementSource(video).connect(ear).connect(context.destination);
      await context.resume();
    }
    const bins = new Float32Array(ear.frequencyBinCount);
    const { sampleRate } = ear.context;
    let heard = 0;
    void video.play();
    for (const until = performance.now() + patienceMs; performance.now() < until && Math.abs(heard - hertz) > tolerance;) {
      await new Promise((done) => setTimeout(done, 100));
      ear.getFloatFrequencyData(bins);
      const loudest = Math.max(...bins);
      heard = loudest > -60 ? (bins.indexOf(loudest) * sampleRate) / ear.fftSize : 0;
    }
    return heard;
  },
  /** Waits until something holds, looking at every picture and every event of the media. @returns whether it came. */
  until(holds, patienceMs) {
    return new Promise((done) => {
      const listening = new AbortController();
      const end = (held) => { clearTimeout(timer); listening.abort(); done(held); };
      const look = () => holds() && end(true);
      const timer = setTimeout(() => end(holds()), patienceMs);
      for (const event of ["timeupdate", "resize", "seeked", "playing", "progress", "loadeddata"]) {
        video.addEventListener(event, look, { signal: listening.signal });
      }
      look();
    });
  },
};
