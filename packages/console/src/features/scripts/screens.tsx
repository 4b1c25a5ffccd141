import { type Screens, shows } from "../../shell/screens.tsx";
import { ScriptScreen } from "./script-screen.tsx";
import { ScriptModel, ScriptsModel } from "./scripts-model.ts";
import { ScriptsScreen } from "./scripts-screen.tsx";

export const screens: Screens = {
	scripts: shows(ScriptsScreen, ({ api }) => new ScriptsModel(api)),
	script: shows(ScriptScreen, ({ api, self, id }) => new ScriptModel(api, self, id)),
	"new-script": shows(ScriptScreen, ({ api, self }) => new ScriptModel(api, self)),
};
