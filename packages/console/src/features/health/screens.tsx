import { type Screens, shows } from "../../shell/screens.tsx";
import { HealthModel } from "./health-model.ts";
import { HealthScreen } from "./health-screen.tsx";

export const screens: Screens = {
	health: shows(HealthScreen, ({ api, panel }) => new HealthModel(api, panel.url)),
};
