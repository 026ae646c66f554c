import { showAccess } from "./access/access";
import { showDisk } from "./disk/disk";
import { showEarnings } from "./earnings/earnings";
import { showHardware } from "./hardware/hardware";
import { showFilms } from "./films/films";
import { showJobs } from "./jobs/jobs";
import { language } from "./language";
import { showLibrary } from "./library/library";
import { showNetwork } from "./network/network";
import { showNow } from "./now/now";
import { openPlayer } from "./player/player";
import { type OwnersScreen, startRouter } from "./router";
import { showSettings } from "./settings/settings";
import { startTheme } from "./theme";
import "./debug";

const app = document.getElementById("app");
if (!app) {
  throw new Error("The document has no #app element.");
}

document.documentElement.lang = language;
startTheme();

const OWNERS: Record<OwnersScreen, (app: HTMLElement) => () => void> = {
  now: showNow,
  films: showFilms,
  jobs: showJobs,
  disk: showDisk,
  settings: showSettings,
  earnings: showEarnings,
  hardware: showHardware,
  access: showAccess,
  network: showNetwork,
};

let close: () => void = () => {};
startRouter((route) => {
  close();
  app.replaceChildren();
  close =
    route.screen === "watch" ? openPlayer(app, route.id, route.atSeconds)
    : route.screen === "library" ? showLibrary(app)
    : OWNERS[route.screen](app);
});
