import { type Screens, shows } from "../../shell/screens.tsx";
import { RulesModel } from "./rules-model.ts";
import { RulesScreen } from "./rules-screen.tsx";

export const screens: Screens = {
	calls: shows(RulesScreen, ({ api }) => new RulesModel(api)),
};
