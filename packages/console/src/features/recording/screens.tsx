import { type Screens, shows } from "../../shell/screens.tsx";
import { PoliciesModel } from "./policies-model.ts";
import { PoliciesScreen } from "./policies-screen.tsx";
import { PolicyModel } from "./policy-model.ts";
import { PolicyScreen } from "./policy-screen.tsx";

export const screens: Screens = {
	recording: shows(PoliciesScreen, ({ api }) => new PoliciesModel(api)),
	"recording-policy": shows(PolicyScreen, ({ api, self, id }) => new PolicyModel(api, self, id)),
	"new-recording-policy": shows(PolicyScreen, ({ api, self }) => new PolicyModel(api, self)),
};
