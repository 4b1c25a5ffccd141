import { type Screens, shows } from "../../shell/screens.tsx";
import { NumberModel } from "./number-model.ts";
import { NumberScreen } from "./number-screen.tsx";
import { NumbersModel } from "./numbers-model.ts";
import { NumbersScreen } from "./numbers-screen.tsx";

export const screens: Screens = {
	numbers: shows(NumbersScreen, ({ api, self }) => new NumbersModel(api, self)),
	number: shows(NumberScreen, ({ api, self, id }) => new NumberModel(api, self, id)),
	"new-number": shows(NumberScreen, ({ api, self }) => new NumberModel(api, self)),
};
