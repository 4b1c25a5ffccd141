import { type Screens, shows } from "../../shell/screens.tsx";
import { CallingRulesModel } from "./rules-model.ts";
import { CallingRulesScreen } from "./rules-screen.tsx";

export const screens: Screens = {
	calling: shows(CallingRulesScreen, ({ api }) => new CallingRulesModel(api)),
};
