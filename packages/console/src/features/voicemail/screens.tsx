import { type Screens, shows } from "../../shell/screens.tsx";
import { VoicemailPolicyModel } from "./policy-model.ts";
import { VoicemailScreen } from "./policy-screen.tsx";

export const screens: Screens = {
	voicemail: shows(VoicemailScreen, ({ api, self }) => new VoicemailPolicyModel(api, self)),
};
