import { type Screens, shows } from "../../shell/screens.tsx";
import { ExplorerModel } from "./explorer-model.ts";
import { ExplorerScreen } from "./explorer-screen.tsx";

export const screens: Screens = {
	explorer: shows(ExplorerScreen, ({ api, self }) => new ExplorerModel(api, self)),
};
