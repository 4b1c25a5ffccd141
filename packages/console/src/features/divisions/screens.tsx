import { type Screens, shows } from "../../shell/screens.tsx";
import { DivisionModel, DivisionsModel } from "./division-model.ts";
import { DivisionScreen } from "./division-screen.tsx";
import { DivisionsScreen } from "./divisions-screen.tsx";

export const screens: Screens = {
	divisions: shows(DivisionsScreen, ({ api }) => new DivisionsModel(api)),
	division: shows(DivisionScreen, ({ api, self, id }) => new DivisionModel(api, self, id)),
	"new-division": shows(DivisionScreen, ({ api, self }) => new DivisionModel(api, self)),
};
