import { type Screens, shows } from "../../shell/screens.tsx";
import { TrunkModel } from "./trunk-model.ts";
import { TrunkScreen } from "./trunk-screen.tsx";
import { TrunksModel } from "./trunks-model.ts";
import { TrunksScreen } from "./trunks-screen.tsx";

export const screens: Screens = {
	trunks: shows(TrunksScreen, ({ api }) => new TrunksModel(api)),
	trunk: shows(TrunkScreen, ({ api, self, id }) => new TrunkModel(api, self, id)),
	"new-trunk": shows(TrunkScreen, ({ api, self }) => new TrunkModel(api, self)),
};
