import { showEarnings } from "./earnings/earnings";
import { showHardware } from "./hardware/hardware";
import { showLibrary } from "./library/library";
import { showNetwork } from "./network/network";
import { openPlayer } from "./player/player";
import { startRouter } from "./router";
import "./debug";

const app = document.getElementById("app");
if (!app) {
  throw new Error("The document has no #app element.");
}

let close: () => void = () => {};
startRouter((route) => {
  close();
  app.replaceChildren();
  close =
    route.screen === "watch" ? openPlayer(app, route.id, route.atSeconds)
    : route.screen === "earnings" ? showEarnings(app)
    : route.screen === "hardware" ? showHardware(app)
    : route.screen === "network" ? showNetwork(app)
    : showLibrary(app);
});
