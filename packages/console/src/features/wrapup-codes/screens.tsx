import { type Screens, shows } from "../../shell/screens.tsx";
import { CodeModel, CodesModel } from "./code-model.ts";
import { CodeScreen } from "./code-screen.tsx";
import { CodesScreen } from "./codes-screen.tsx";

export const screens: Screens = {
	"wrap-up-codes": shows(CodesScreen, ({ api }) => new CodesModel(api)),
	"wrap-up-code": shows(CodeScreen, ({ api, self, id }) => new CodeModel(api, self, id)),
	"new-wrap-up-code": shows(CodeScreen, ({ api, self }) => new CodeModel(api, self)),
};
