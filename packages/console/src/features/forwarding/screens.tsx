import { type Screens, shows } from "../../shell/screens.tsx";
import { LimitsModel } from "./limits-model.ts";
import { LimitsScreen } from "./limits-screen.tsx";

export const screens: Screens = {
	forwarding: shows(LimitsScreen, ({ api }) => new LimitsModel(api)),
};
